import { about } from './about.ts';
import { auth } from './auth.ts';
import { cart } from './cart.ts';
import { checkout } from './checkout.ts';
import { docs } from './docs.ts';
import { errors } from './errors.ts';
import { franchise } from './franchise.ts';
import { homeStory } from './home-story.ts';
import { menu } from './menu.ts';
import { opening } from './opening.ts';
import { orders } from './orders.ts';
import { pager } from './pager.ts';
import { privacy } from './privacy.ts';
import { sessions } from './sessions.ts';
import { status } from './status.ts';

/** What stands on pages that are opened later, and below the fold of the first one. */
export const otherPages = {
  about,
  auth,
  cart,
  checkout,
  docs,
  errors,
  franchise,
  homeStory,
  menu,
  opening,
  orders,
  pager,
  sessions,
  privacy,
  status,
};

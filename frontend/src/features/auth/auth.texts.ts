import type { Role } from '#contract/users.ts';
import type { Texts } from '../../lib/texts.ts';

interface AuthTexts {
  name: string;
  email: string;
  password: string;
  passwordHint: string;
  login: {
    title: string;
    lead: string;
    submit: string;
    other: string;
    otherLink: string;
    needed: string;
    refused: string;
  };
  register: { title: string; lead: string; submit: string; other: string; otherLink: string; taken: string };
  logout: { title: string; lead: string; again: string; failed: string; working: string };
  account: {
    title: string;
    name: string;
    email: string;
    roles: string;
    role: Record<Role, string>;
  };
  markedFields: string;
  missing: { name: string; email: string; password: string };
}

export const authTexts: Texts<AuthTexts> = {
  en: {
    name: 'Full name',
    email: 'Email address',
    password: 'Password',
    passwordHint: 'At least 8 characters. A sentence about cheese works well.',
    login: {
      title: 'Back for another slice',
      lead: 'Your pizzas, your past and your favourites are where you left them.',
      submit: 'Login',
      other: 'First time here?',
      otherLink: 'Make an account',
      needed: 'Log in and we go on right where you were. Your cart is kept.',
      refused:
        'This e-mail address and password do not belong together. Check both; it is usually the caps lock.',
    },
    register: {
      title: 'Pull up a chair',
      lead: 'A name for the box, an address for the receipt, a password for the rest. That is all we ask.',
      submit: 'Register',
      other: 'Already one of us?',
      otherLink: 'Log in instead',
      taken: 'There is already an account with this address.',
    },
    logout: {
      title: 'See you at the next slice',
      lead: 'You are logged out. The oven stays warm.',
      again: 'Back to the start',
      failed: 'You are not logged out yet',
      working: 'Hanging up your apron…',
    },
    account: {
      title: 'Account',
      name: 'Name',
      email: 'E-mail',
      roles: 'With us as',
      role: { diner: 'Diner', franchisee: 'Franchisee', admin: 'Admin' },
    },
    markedFields: 'Have a look at the marked fields.',
    missing: {
      name: 'Tell us your name; it goes on the box.',
      email: 'We need your e-mail address.',
      password: 'A password is needed.',
    },
  },
};

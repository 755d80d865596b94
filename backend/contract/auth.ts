import { z } from 'zod';
import { emailSchema, normalizeEmail } from './email-address.ts';
import { endpoint } from './endpoint.ts';
import { issueText } from './field-errors.ts';
import { messageSchema } from './primitives.ts';
import { nameSchema, newPasswordSchema, userSchema } from './users.ts';

const sessionSchema = z
  .object({
    user: userSchema,
    token: z.string().describe('Bearer token for API clients; a browser uses the cookie of this answer'),
  })
  .meta({ id: 'Session' });

const sessionExample = {
  user: { id: 3, name: 'pizza diner', email: 'd@jwt.com', roles: [{ role: 'diner' }] },
  token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIzIn0.c2lnbmF0dXJl',
};

export const register = endpoint({
  method: 'POST',
  path: '/api/auth',
  summary: 'Register',
  description: 'Creates a diner and logs them in. The answer also sets the session cookie for browsers.',
  access: { who: 'everyone' },
  body: z.object({ name: nameSchema, email: emailSchema, password: newPasswordSchema }),
  answers: {
    200: { description: 'The new user and their session', schema: sessionSchema, example: sessionExample },
  },
  errors: ['email_taken'],
  invalidMessage: 'name, email, and password are required',
  example: { body: { name: 'pizza diner', email: 'diner@example.com', password: 'a long pass phrase' } },
});

export const logIn = endpoint({
  method: 'PUT',
  path: '/api/auth',
  summary: 'Log in',
  description:
    'Opens a session. An unknown address and a wrong password are answered alike, so the answer tells nothing about who has an account. The answer also sets the session cookie for browsers, and one by which this browser is known at the next log-in: there, and from the same address, the guesses of strangers keep nobody out.',
  access: { who: 'everyone' },
  body: z.object({
    email: z
      .string(issueText('not_text'))
      .trim()
      .min(1, issueText('empty'))
      .max(254, issueText('too_long', { count: 254 }))
      .overwrite((text) => normalizeEmail(text) ?? text),
    password: z
      .string(issueText('not_text'))
      .min(1, issueText('empty'))
      .max(128, issueText('too_long', { count: 128 })),
  }),
  answers: {
    200: { description: 'The user and their session', schema: sessionSchema, example: sessionExample },
  },
  errors: ['unknown_user'],
  example: { body: { email: 'diner@example.com', password: 'a long pass phrase' } },
});

export const logOut = endpoint({
  method: 'DELETE',
  path: '/api/auth',
  summary: 'Log out',
  description: 'Ends the session at once, on every node.',
  access: { who: 'session' },
  answers: {
    200: {
      description: 'The session is over',
      schema: messageSchema,
      example: { message: 'logout successful' },
    },
  },
  errors: [],
  example: {},
});

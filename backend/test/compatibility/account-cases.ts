import { type CompatibilityCase, refusals, shapes } from './compatibility-case.ts';

const REQUIRED = { name: 'Ada {new}', email: '{new}@example.com', password: 'a long pass phrase' };

/** Each field missing, null and blank. */
const incomplete: CompatibilityCase[] = (['name', 'email', 'password'] as const).flatMap((field) =>
  [undefined, null, '', '  '].map((value) => ({
    law: `registration without a ${field} (${JSON.stringify(value) ?? 'missing'}) says what is required`,
    request: 'POST /api/auth' as const,
    body: { ...REQUIRED, [field]: value },
    status: 400,
    shape: refusals.required,
  })),
);

const ADDRESSES = [
  'tom&jerry.{new}@example.com',
  "o'brien+{new}@example.com",
  'q%z#1=/^*!$.{new}@example.com',
  '7Qx%T&K.{new}@test.com',
  'zoe.{new}@почта.рф',
  '{new}@sub.domain.example.museum',
];

const addresses: CompatibilityCase[] = ADDRESSES.map((email) => ({
  law: `the address ${email.replace('{new}', 'x')} is one`,
  request: 'POST /api/auth',
  body: { ...REQUIRED, email },
  status: 200,
  shape: shapes.newDiner,
}));

const BAD_TOKENS = ['Bearer', 'Bearer x', 'Bearer a.b.c', 'Bearer {diner.token}x', 'Basic {diner.token}'];

const badTokens: CompatibilityCase[] = BAD_TOKENS.map((authorization) => ({
  law: `a session by "${authorization.slice(0, 16)}" is none`,
  request: 'GET /api/user/me',
  headers: { authorization },
  status: 401,
  shape: refusals.unauthorized,
}));

/** What anybody meets first; registering, logging in and out. */
export const accountCases: CompatibilityCase[] = [
  { law: 'whoever asks is welcomed', request: 'GET /', status: 200, shape: shapes.welcome },
  { law: 'the endpoints are documented', request: 'GET /api/docs', status: 200, shape: shapes.docs },
  {
    law: 'an unknown endpoint says so',
    request: 'GET /api/nothing-of-this-name',
    status: 404,
    shape: refusals.unknownEndpoint,
  },

  {
    law: 'a diner registers',
    request: 'POST /api/auth',
    body: REQUIRED,
    status: 200,
    shape: shapes.newDiner,
  },
  {
    law: 'what else a registration sends is ignored',
    request: 'POST /api/auth',
    body: { ...REQUIRED, id: 1, roles: [{ role: 'admin' }] },
    status: 200,
    shape: shapes.newDiner,
  },
  ...incomplete,
  {
    law: 'an empty registration',
    request: 'POST /api/auth',
    body: {},
    status: 400,
    shape: refusals.required,
  },
  {
    law: 'a taken address is refused',
    request: 'POST /api/auth',
    body: { ...REQUIRED, email: '{diner.email}' },
    status: 409,
    shape: refusals.any,
  },
  ...addresses,

  {
    law: 'a diner logs in',
    request: 'PUT /api/auth',
    body: { email: '{diner.email}', password: '{diner.password}' },
    status: 200,
    shape: shapes.session,
  },
  {
    law: 'a wrong password is an unknown user',
    request: 'PUT /api/auth',
    body: { email: '{otherDiner.email}', password: 'not this one' },
    status: 404,
    shape: refusals.unknownUser,
  },
  {
    law: 'an unknown address is an unknown user',
    request: 'PUT /api/auth',
    body: { email: '{new}@example.com', password: 'a long pass phrase' },
    status: 404,
    shape: refusals.unknownUser,
  },
  {
    law: 'who logs out is told so',
    request: 'DELETE /api/auth',
    as: 'newcomer',
    status: 200,
    shape: shapes.says('logout successful'),
  },
  {
    law: 'a token is dead after the log-out',
    before: [{ request: 'DELETE /api/auth', as: 'newcomer' }],
    request: 'GET /api/user/me',
    as: 'newcomer',
    status: 401,
    shape: refusals.unauthorized,
  },
  { law: 'nobody cannot log out', request: 'DELETE /api/auth', status: 401, shape: refusals.unauthorized },
  ...badTokens,

  {
    law: 'a session tells who it is',
    request: 'GET /api/user/me',
    as: 'diner',
    status: 200,
    shape: shapes.user,
  },
  { law: 'nobody is nobody', request: 'GET /api/user/me', status: 401, shape: refusals.unauthorized },
];

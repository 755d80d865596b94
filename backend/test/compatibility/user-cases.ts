import { type CompatibilityCase, refusals, shapes } from './compatibility-case.ts';

const SOMEBODY = { name: 'Ada {new}', email: '{new}@example.com', password: 'a long pass phrase' };

/** Editing, listing and deleting accounts. */
export const userCases: CompatibilityCase[] = [
  {
    law: 'one changes one’s name',
    request: 'PUT /api/user/{me.id}',
    as: 'newcomer',
    body: { name: 'Ada Anew' },
    status: 200,
    shape: shapes.session,
  },
  {
    law: 'one sends name, address and password, of which only the name is new',
    request: 'PUT /api/user/{me.id}',
    as: 'newcomer',
    body: { name: 'Ada Anew', email: '{me.email}', password: '{me.password}' },
    status: 200,
    shape: shapes.session,
  },
  {
    law: 'one changes one’s address without the present password, just after logging in',
    request: 'PUT /api/user/{me.id}',
    as: 'newcomer',
    body: { email: 'moved.{new}@example.com' },
    status: 200,
    shape: shapes.session,
  },
  {
    law: 'one changes one’s password alike',
    request: 'PUT /api/user/{me.id}',
    as: 'newcomer',
    body: { password: 'another long pass phrase' },
    status: 200,
    shape: shapes.session,
  },
  {
    law: 'the new password logs in',
    before: [
      { request: 'PUT /api/user/{me.id}', as: 'newcomer', body: { password: 'another long pass phrase' } },
    ],
    request: 'PUT /api/auth',
    as: 'newcomer',
    body: { email: '{me.email}', password: 'another long pass phrase' },
    status: 200,
    shape: shapes.session,
  },
  {
    law: 'an admin edits anybody',
    request: 'PUT /api/user/{otherDiner.id}',
    as: 'admin',
    body: { name: 'Edited' },
    status: 200,
    shape: shapes.edited,
  },
  ...(['diner', 'franchisee'] as const).flatMap((as): CompatibilityCase[] =>
    ['{otherDiner.id}', '{admin.id}', '2000000000'].map((userId) => ({
      law: `a ${as} who edits ${userId} is refused, whether there is one or not`,
      request: `PUT /api/user/${userId}`,
      as,
      body: { name: 'Eve' },
      status: 403,
      shape: refusals.unauthorized,
    })),
  ),
  {
    law: 'nobody edits nobody',
    request: 'PUT /api/user/{diner.id}',
    body: { name: 'Eve' },
    status: 401,
    shape: refusals.unauthorized,
  },

  ...['', '?page=1&limit=10&name=*', '?page=0', '?page=0&limit=5&name=*', '?name={diner.name}'].map(
    (query): CompatibilityCase => ({
      law: `an admin lists users (${query || 'no query'})`,
      request: `GET /api/user${query}`,
      as: 'admin',
      status: 200,
      shape: shapes.users,
    }),
  ),
  {
    law: 'a page of one user says that there are more',
    request: 'GET /api/user?page=1&limit=1',
    as: 'admin',
    status: 200,
    shape: shapes.oneUserOfMany,
  },
  {
    law: 'a page that is no number is refused',
    request: 'GET /api/user?page=garbage',
    as: 'admin',
    status: 400,
    shape: refusals.any,
  },
  {
    law: 'a diner lists no users',
    request: 'GET /api/user',
    as: 'diner',
    status: 403,
    shape: refusals.unauthorized,
  },
  { law: 'nobody lists no users', request: 'GET /api/user', status: 401, shape: refusals.unauthorized },

  {
    law: 'one deletes oneself',
    request: 'DELETE /api/user/{me.id}',
    as: 'newcomer',
    status: 200,
    shape: shapes.says('user deleted'),
  },
  {
    law: 'a token is dead after its user is deleted',
    before: [{ request: 'DELETE /api/user/{me.id}', as: 'newcomer' }],
    request: 'GET /api/user/me',
    as: 'newcomer',
    status: 401,
    shape: refusals.unauthorized,
  },
  {
    law: 'an admin deletes anybody',
    before: [{ request: 'POST /api/auth', body: SOMEBODY, keep: 'made' }],
    request: 'DELETE /api/user/{made.user.id}',
    as: 'admin',
    status: 200,
    shape: shapes.says('user deleted'),
  },
  ...['{otherDiner.id}', '2000000000'].map(
    (userId): CompatibilityCase => ({
      law: `a diner who deletes ${userId} is refused, whether there is one or not`,
      request: `DELETE /api/user/${userId}`,
      as: 'diner',
      status: 403,
      shape: refusals.unauthorized,
    }),
  ),
  {
    law: 'nobody deletes nobody',
    request: 'DELETE /api/user/{diner.id}',
    status: 401,
    shape: refusals.unauthorized,
  },
];

import { type CompatibilityCase, type Person, refusals, shapes } from './compatibility-case.ts';

const FRANCHISE = { name: 'Franchise {new}', admins: [{ email: '{franchisee.email}' }] };
const STORE = { name: 'SLC {new}' };
const NEW_FRANCHISE = { request: 'POST /api/franchise', as: 'admin', body: FRANCHISE, keep: 'made' } as const;
const NEW_STORE = {
  request: 'POST /api/franchise/{franchise.id}/store',
  as: 'franchisee',
  body: STORE,
  keep: 'made',
} as const;

const LISTS = [
  '',
  '?page=0&limit=10&name=*',
  '?page=0&limit=3&name=*{franchise.name}*',
  '?page=0&limit=3&name={franchise.name}',
  '?page=0&limit=1&name=*',
];

function refusedBoth(
  request: CompatibilityCase['request'],
  options: { refusal: string; body?: unknown; refused: readonly Person[] },
): CompatibilityCase[] {
  const { refusal, body, refused } = options;
  return [
    ...refused.map(
      (as): CompatibilityCase => ({
        law: `${request} is refused to a ${as}`,
        request,
        as,
        body,
        status: 403,
        shape: refusals.says(refusal),
      }),
    ),
    { law: `${request} needs a session`, request, body, status: 401, shape: refusals.unauthorized },
  ];
}

/** Franchises and their stores. */
export const franchiseCases: CompatibilityCase[] = [
  ...LISTS.map(
    (query): CompatibilityCase => ({
      law: `anybody lists franchises (${query || 'no query'})`,
      request: `GET /api/franchise${query}`,
      status: 200,
      shape: shapes.franchises,
    }),
  ),
  ...LISTS.map(
    (query): CompatibilityCase => ({
      law: `an admin lists them with people and revenue (${query || 'no query'})`,
      request: `GET /api/franchise${query}`,
      as: 'admin',
      status: 200,
      shape: shapes.franchisesWithFigures,
    }),
  ),
  {
    law: 'a name that nobody has finds none',
    request: 'GET /api/franchise?page=0&limit=10&name=nobody-{new}',
    status: 200,
    shape: shapes.noFranchises,
  },
  {
    law: 'a page of franchises that is no number is refused',
    request: 'GET /api/franchise?page=garbage',
    status: 400,
    shape: refusals.any,
  },

  {
    law: 'a franchisee reads what they run',
    request: 'GET /api/franchise/{franchisee.id}',
    as: 'franchisee',
    status: 200,
    shape: shapes.ownFranchises,
  },
  {
    law: 'an admin reads what a franchisee runs',
    request: 'GET /api/franchise/{franchisee.id}',
    as: 'admin',
    status: 200,
    shape: shapes.ownFranchises,
  },
  {
    law: 'a diner runs nothing',
    request: 'GET /api/franchise/{diner.id}',
    as: 'diner',
    status: 200,
    shape: shapes.nothing,
  },
  {
    law: 'what another runs is nothing to a diner',
    request: 'GET /api/franchise/{franchisee.id}',
    as: 'diner',
    status: 200,
    shape: shapes.nothing,
  },
  {
    law: 'nobody reads what somebody runs',
    request: 'GET /api/franchise/{franchisee.id}',
    status: 401,
    shape: refusals.unauthorized,
  },

  {
    law: 'an admin creates a franchise',
    request: 'POST /api/franchise',
    as: 'admin',
    body: FRANCHISE,
    status: 200,
    shape: shapes.newFranchise,
  },
  {
    law: 'the old storefront sends empty fields along',
    request: 'POST /api/franchise',
    as: 'admin',
    body: { ...FRANCHISE, id: '', stores: [] },
    status: 200,
    shape: shapes.newFranchise,
  },
  {
    law: 'an unknown franchisee is named',
    request: 'POST /api/franchise',
    as: 'admin',
    body: { ...FRANCHISE, admins: [{ email: 'nobody.at.all@example.com' }] },
    status: 404,
    shape: refusals.says('unknown user for franchise admin nobody.at.all@example.com provided'),
  },
  {
    law: 'a name that another has is refused',
    request: 'POST /api/franchise',
    as: 'admin',
    body: { ...FRANCHISE, name: '{franchise.name}' },
    status: 409,
    shape: refusals.any,
  },
  {
    law: 'a franchise without a name is refused',
    request: 'POST /api/franchise',
    as: 'admin',
    body: { admins: FRANCHISE.admins },
    status: 400,
    shape: refusals.any,
  },
  ...refusedBoth('POST /api/franchise', {
    refusal: 'unable to create a franchise',
    body: FRANCHISE,
    refused: ['diner', 'franchisee'],
  }),

  ...(['franchisee', 'admin'] as const).map(
    (as): CompatibilityCase => ({
      law: `the ${as} creates a store`,
      request: 'POST /api/franchise/{franchise.id}/store',
      as,
      body: STORE,
      status: 200,
      shape: shapes.newStore,
    }),
  ),
  {
    law: 'the old storefront sends the store’s empty id along',
    request: 'POST /api/franchise/{franchise.id}/store',
    as: 'franchisee',
    body: { ...STORE, id: '', franchiseId: '{franchise.id}' },
    status: 200,
    shape: shapes.newStore,
  },
  ...refusedBoth('POST /api/franchise/{franchise.id}/store', {
    refusal: 'unable to create a store',
    body: STORE,
    refused: ['diner', 'otherFranchisee'],
  }),
  ...refusedBoth('POST /api/franchise/2000000000/store', {
    refusal: 'unable to create a store',
    body: STORE,
    refused: ['diner', 'franchisee'],
  }),

  ...(['franchisee', 'admin'] as const).map(
    (as): CompatibilityCase => ({
      law: `the ${as} closes a store`,
      before: [NEW_STORE],
      request: 'DELETE /api/franchise/{franchise.id}/store/{made.id}',
      as,
      status: 200,
      shape: shapes.says('store deleted'),
    }),
  ),
  ...refusedBoth('DELETE /api/franchise/{franchise.id}/store/{store.id}', {
    refusal: 'unable to delete a store',
    refused: ['diner'],
  }),

  {
    law: 'an admin closes a franchise',
    before: [NEW_FRANCHISE],
    request: 'DELETE /api/franchise/{made.id}',
    as: 'admin',
    status: 200,
    shape: shapes.says('franchise deleted'),
  },
  {
    law: 'a franchise that was closed is listed no more',
    before: [NEW_FRANCHISE, { request: 'DELETE /api/franchise/{made.id}', as: 'admin' }],
    request: 'GET /api/franchise?name={made.name}',
    status: 200,
    shape: shapes.noFranchises,
  },
  ...refusedBoth('DELETE /api/franchise/{franchise.id}', {
    refusal: 'unable to delete a franchise',
    refused: ['diner', 'franchisee', 'otherFranchisee'],
  }),
];

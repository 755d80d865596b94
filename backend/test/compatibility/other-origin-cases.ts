import type { Method } from '#contract/endpoint.ts';
import { type CompatibilityCase, refusals, shapes } from './compatibility-case.ts';

const ALLOWED = {
  'access-control-allow-origin': '{origin}',
  'access-control-allow-credentials': 'true',
  vary: /\bOrigin\b/i,
};

const PREFLIGHTED: `${Method} /${string}`[] = [
  'POST /api/auth',
  'PUT /api/auth',
  'DELETE /api/auth',
  'GET /api/user/me',
  'GET /api/order/menu',
  'POST /api/order',
  'GET /api/franchise',
  'DELETE /api/franchise/1/store/1',
];

/** What a storefront does that is served from another origin: `fetch` with `credentials: 'include'`. */
export const otherOriginCases: CompatibilityCase[] = [
  ...PREFLIGHTED.map((address): CompatibilityCase => {
    const [method = '', path = ''] = address.split(' ');
    return {
      law: `a browser may ask before ${address}`,
      request: `OPTIONS ${path as `/${string}`}`,
      headers: {
        origin: '{origin}',
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type',
      },
      status: 204,
      answerHeaders: {
        ...ALLOWED,
        'access-control-allow-methods': new RegExp(`\\b${method}\\b`),
        'access-control-allow-headers': /authorization.*content-type/i,
      },
      isCrossOrigin: true,
    };
  }),
  {
    law: 'its answers can be read, and pictures of the menu have whole addresses',
    request: 'GET /api/order/menu',
    headers: { origin: '{origin}' },
    status: 200,
    shape: shapes.menuWithAddresses,
    answerHeaders: ALLOWED,
    isCrossOrigin: true,
  },
  {
    law: 'what is refused can be read, too',
    request: 'GET /api/user/me',
    headers: { origin: '{origin}' },
    status: 401,
    shape: refusals.unauthorized,
    answerHeaders: ALLOWED,
    isCrossOrigin: true,
  },
  {
    law: 'a session works by its token',
    request: 'GET /api/order',
    as: 'diner',
    headers: { origin: '{origin}' },
    status: 200,
    shape: shapes.orders(1),
    answerHeaders: ALLOWED,
    isCrossOrigin: true,
  },
];

import request, { type Response } from 'supertest';

/** A diner of the demo at a running service, who orders without waiting longer than told, with these headers. */
export async function aDemoDiner(origin: string, headers: Record<string, string> = {}) {
  const session = await request(origin)
    .put('/api/auth')
    .send({ email: 'd@jwt.com', password: 'diner' })
    .expect(200);
  const bearer = { authorization: `Bearer ${session.body.token}` };
  const { franchises } = (await request(origin).get('/api/franchise')).body;
  const [item] = (await request(origin).get('/api/order/menu')).body;
  const [franchise] = franchises;
  const body = { franchiseId: franchise.id, storeId: franchise.stores[0].id, items: [{ menuId: item.id }] };
  return {
    bearer,
    order: (prefer = ''): Promise<Response> =>
      request(origin)
        .post('/api/order')
        .set({ ...headers, ...bearer, prefer })
        .send(body)
        .then((answer) => answer),
  };
}

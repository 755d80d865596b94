import { findEnd, findPizza } from './diner-orders.ts';
import { forEach } from './pace.ts';
import type { Links, ServiceClient } from './service-client.ts';
import { type Played, type Stage, UNEVENTFUL } from './stage.ts';

const OPENED_AT_ONCE = 8;

/** Clients of old wait for the truth while nobody cures the factory: each is told "failed", with a link that cures it. */
export async function playPlainClients(stage: Stage): Promise<Played> {
  const { system, client, diners, say } = stage;
  const [factory] = system.factories;
  const faults: string[] = [];
  const before = await diners.orderPlainly();
  if (before.some(({ dinerOrder }) => findPizza(dinerOrder) === undefined))
    faults.push('a plain client got no pizza of a factory that was well');

  say('the factory plays fail, and FACTORY_RECOVERY is off');
  const faultAt = await factory.switchTo('fail');
  const refused = await diners.orderPlainly();
  for (const { dinerOrder, links } of refused) {
    const { httpStatus, code, orderId } = findEnd(dinerOrder) ?? {};
    if (httpStatus !== 500 || code !== 'factory_failed')
      faults.push(`order ${orderId ?? 'unknown'} was answered ${httpStatus ?? 'nothing'} ${code ?? ''}`);
    else if (links.report === undefined || links.followLink !== links.report)
      faults.push(`order ${orderId} came without its link, or with two different ones`);
  }
  const reported = (await factory.readLog(faultAt)).calls.filter(({ kind }) => kind === 'report');
  if (reported.length > 0) faults.push('the service reported although FACTORY_RECOVERY is off');

  say('the links are opened');
  await openLinks(client, { all: refused.map(({ links }) => links), faults });
  const after = await diners.orderPlainly();
  const made = after.filter(({ dinerOrder }) => findPizza(dinerOrder) !== undefined).length;
  if (made < after.length) {
    faults.push(`after the report ${after.length - made} of ${after.length} plain clients got no pizza`);
    await factory.switchTo('none');
  }
  return { ...UNEVENTFUL, faultAt, toBeToldFailed: refused.length, faults };
}

async function openLinks(
  client: ServiceClient,
  { all, faults }: { all: readonly Links[]; faults: string[] },
): Promise<void> {
  const links = all.flatMap(({ report }) => report ?? []);
  await forEach(links, {
    atOnce: OPENED_AT_ONCE,
    async work(link) {
      const { status, contentType } = await client.call({ method: 'GET', path: link });
      if (status !== 200 || !/json|html/.test(contentType))
        faults.push(`a link shows no state: GET was answered ${status} ${contentType}`);
    },
  });
  const [first] = links;
  if (first === undefined) return;
  const { status } = await client.call({ method: 'POST', path: first });
  if (status < 200 || status > 399) faults.push(`a link makes no report: POST was answered ${status}`);
}

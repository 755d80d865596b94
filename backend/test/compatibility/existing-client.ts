import { randomUUID } from 'node:crypto';
import type { CompatibilityCase, CompatibilityRequest } from './compatibility-case.ts';

/** What cases name by `{diner.id}`: answers of the server, by name. */
type World = Record<string, unknown>;

interface Account {
  id: number;
  name: string;
  email: string;
  password: string;
  token: string;
}

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** What the API of old answers to what prepares the table. */
interface Made {
  id: number;
  user: { id: number };
  token: string;
}

const PASSWORD = 'a long pass phrase';
const aWord = (): string => randomUUID().slice(0, 13);

function lookUp(world: World, path: string): unknown {
  if (path === 'new') return aWord();
  const found = path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], world);
  if (found === undefined) throw new Error(`the world has no {${path}}`);
  return found;
}

/** A text that is nothing but a name becomes what it stands for, a number too. */
function fill(template: unknown, world: World): unknown {
  if (typeof template === 'string') {
    const whole = /^\{([\w.]+)\}$/.exec(template)?.[1];
    if (whole) return lookUp(world, whole);
    return template.replace(/\{([\w.]+)\}/g, (_, path: string) => String(lookUp(world, path)));
  }
  if (Array.isArray(template)) return template.map((part) => fill(part, world));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, fill(part, world)]));
}

/** As the API of old is spoken: a content type on every request, with a body or without, and a Bearer token. */
async function send(
  origin: string,
  request: Omit<CompatibilityRequest, 'as'>,
  { world, token }: { world: World; token: string | undefined },
): Promise<Answer> {
  const [method = '', path = ''] = request.request.split(/ (.*)/);
  const address = path.replace(/\{([\w.]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(lookUp(world, name))),
  );
  const answer = await fetch(`${origin}${address}`, {
    method,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(fill(request.headers ?? {}, world) as Record<string, string>),
    },
    ...(request.body !== undefined && { body: JSON.stringify(fill(request.body, world)) }),
  });
  const text = await answer.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // What is no JSON fits no shape.
  }
  return { status: answer.status, headers: answer.headers, body };
}

function headerFaults(line: CompatibilityCase, answer: Answer, world: World): string[] {
  return Object.entries(line.answerHeaders ?? {}).flatMap(([name, expected]) => {
    const given = answer.headers.get(name) ?? '';
    const isRight = expected instanceof RegExp ? expected.test(given) : given === fill(expected, world);
    return isRight ? [] : [`${name} is "${given}"`];
  });
}

/**
 * A client of the older generation at a server. It knows nothing of it but its address and an admin, and makes all
 * that the table needs by the API of old.
 */
export async function createExistingClient(options: {
  origin: string;
  admin: { email: string; password: string };
  /** An origin whose pages the server allows. */
  allowedOrigin: string | undefined;
}) {
  const { origin, admin, allowedOrigin } = options;
  const world: World = { origin: allowedOrigin };

  async function must(request: Omit<CompatibilityRequest, 'as'>, token?: string): Promise<Made> {
    const answer = await send(origin, request, { world, token });
    if (answer.status !== 200)
      throw new Error(`${request.request} prepares nothing: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  }

  async function register(): Promise<Account> {
    const person = { name: `Diner ${aWord()}`, email: `${aWord()}@example.com`, password: PASSWORD };
    const { user, token } = await must({ request: 'POST /api/auth', body: person });
    return { ...person, id: user.id, token };
  }

  async function aFranchiseOf(owner: Account, token: string) {
    const body = { name: `Franchise ${aWord()}`, admins: [{ email: owner.email }] };
    const franchise = await must({ request: 'POST /api/franchise', body }, token);
    const stores = `POST /api/franchise/${franchise.id}/store` as const;
    return { franchise, store: await must({ request: stores, body: { name: `Store ${aWord()}` } }, token) };
  }

  const session = await must({ request: 'PUT /api/auth', body: admin });
  const { token } = session;
  world.admin = { ...admin, ...session.user, token };
  for (const person of ['diner', 'otherDiner', 'franchisee', 'otherFranchisee'])
    world[person] = await register();
  const pizza = { title: `Pizza ${aWord()}`, description: 'Plain', image: 'pizza1.png', price: 0.0038 };
  const menu = (await must({ request: 'PUT /api/order/menu', body: pizza }, token)) as unknown as {
    title: string;
  }[];
  world.pizza = menu.find(({ title }) => title === pizza.title);
  const { franchise, store } = await aFranchiseOf(world.franchisee as Account, token);
  const other = await aFranchiseOf(world.otherFranchisee as Account, token);
  Object.assign(world, { franchise, store, otherStore: other.store });

  return {
    /** Makes the requests of a line; answers what is wrong with the last one's answer. */
    async tryCase(line: CompatibilityCase): Promise<string[]> {
      const steps = [...(line.before ?? []), line];
      const isNewcomerNeeded = steps.some(({ as }) => as === 'newcomer');
      const newcomer = isNewcomerNeeded ? await register() : undefined;
      const told: World = { ...world, newcomer };
      const ask = (request: CompatibilityRequest): Promise<Answer> => {
        const { as = 'guest' } = request;
        const me = as === 'guest' ? undefined : (told[as] as Account);
        return send(origin, request, { world: { ...told, me: me ?? newcomer }, token: me?.token });
      };
      for (const { keep, ...request } of line.before ?? []) {
        const { body } = await ask(request);
        if (keep) told[keep] = body;
      }
      const answer = await ask(line);
      const shape = line.shape?.safeParse(answer.body);
      return [
        ...(answer.status === line.status ? [] : [`answers ${answer.status} instead of ${line.status}`]),
        ...(shape?.error
          ? [`${shape.error.issues[0]?.path.join('.')} ${shape.error.issues[0]?.message}`]
          : []),
        ...headerFaults(line, answer, told),
      ];
    },
  };
}

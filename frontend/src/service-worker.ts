/*
 * Keeps the storefront readable without a network: its page, its code and the last menu.
 * A file of its own (vite.config.ts), served as /service-worker.js. What belongs to a session never passes through
 * here: of the API only the menu does, and it is asked for without cookies.
 */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskedEvent extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  /** Written in front of this code by shell-of-worker.ts; without files this worker is there to remove an older one. */
  readonly SHELL: { readonly files: readonly string[]; readonly version: string };
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listen: (event: LifeEvent) => void): void;
  addEventListener(name: 'fetch', listen: (event: AskedEvent) => void): void;
}
declare const self: WorkerScope;

const PREFIX = 'jwt-pizza.shell.';
const MENU = 'jwt-pizza.menu';
const PAGE = '/';
const MENU_PATH = '/api/order/menu';
const NOT_PAGES = /^\/(api|health|metrics)(\/|$)/;
// A connection that is there but does not move; the page that is kept is the better answer then.
const PATIENCE_MS = 4_000;
// Pages that are still open may ask for parts of the version before.
const VERSIONS_KEPT = 2;

const { files, version } = self.SHELL;
const shellName = PREFIX + version;
const kept = new Set(files);

async function keepShell(): Promise<void> {
  const shell = await caches.open(shellName);
  const page = fetch(PAGE, { headers: { accept: 'text/html' }, cache: 'reload', credentials: 'omit' });
  const put = async (address: string, answer: Response): Promise<void> => {
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    await shell.put(address, answer);
  };
  const fetchFile = async (file: string): Promise<void> => {
    // Under /assets a name stands for its content, so another version's copy is as good.
    const known = file.startsWith('/assets/') ? await caches.match(file) : undefined;
    await put(file, known ?? (await fetch(file, { cache: 'reload', credentials: 'omit' })));
  };
  await Promise.all([page.then((answer) => put(PAGE, answer)), ...files.map(fetchFile)]);
}

/** The menu of before the first visit under this worker; it comes by itself later when it does not now. */
async function keepMenu(): Promise<void> {
  const menus = await caches.open(MENU);
  const answer = await askMenu(MENU_PATH).catch(() => undefined);
  if (answer?.ok) await menus.put(MENU_PATH, answer);
}

function askMenu(address: string, signal?: AbortSignal): Promise<Response> {
  return fetch(address, {
    headers: { accept: 'application/json' },
    credentials: 'omit',
    signal: signal ?? null,
  });
}

async function dropOldVersions(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(shells.slice(0, -VERSIONS_KEPT).map((name) => caches.delete(name)));
}

/** The way out of having a worker at all: forgets everything and goes. */
async function retire(): Promise<void> {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

async function fromKept(address: string): Promise<Response | undefined> {
  // The page varies by what a client accepts; here there is only one kind of client.
  const options = { ignoreVary: true };
  return (await (await caches.open(shellName)).match(address, options)) ?? caches.match(address, options);
}

async function pageFirstFromNetwork(request: Request): Promise<Response> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const tooLong = new Promise<undefined>((resolve) => {
    patience.addEventListener('abort', () => resolve(undefined));
  });
  const asked = fetch(request);
  const answer = await Promise.race([asked.catch(() => undefined), tooLong]);
  return answer ?? (await fromKept(PAGE)) ?? asked;
}

/** Pictures keep their names when they change, so they live and go with the version that showed them. */
async function keptFirst(request: Request): Promise<Response> {
  const known = await fromKept(request.url);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(shellName)).put(request.url, answer.clone());
  return answer;
}

async function fileFromNetwork(request: Request): Promise<Response> {
  return fetch(request).catch(async (error: unknown) => {
    const known = await fromKept(new URL(request.url).pathname);
    if (known) return known;
    throw error;
  });
}

/** The menu is the same for everybody. From the cache it says since when, so that nobody takes it for today's. */
async function menuFromNetwork(request: Request): Promise<Response> {
  const menus = await caches.open(MENU);
  try {
    const answer = await askMenu(request.url, request.signal);
    if (answer.ok) await menus.put(request.url, answer.clone());
    return answer;
  } catch (error) {
    const known = (await menus.match(request.url, { ignoreVary: true })) ?? (await menus.match(MENU_PATH));
    if (!known) throw error;
    const headers = new Headers(known.headers);
    headers.set('x-kept-since', known.headers.get('date') ?? '');
    return new Response(known.body, { headers });
  }
}

type Answerer = (request: Request) => Promise<Response>;

/** Who answers this request; nobody, when it is none of ours and goes its usual way. */
function answererOf(request: Request): Answerer | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return undefined;
  if (pathname === MENU_PATH) return menuFromNetwork;
  if (NOT_PAGES.test(pathname)) return undefined;
  if (request.mode === 'navigate') return pageFirstFromNetwork;
  if (pathname.startsWith('/assets/') || pathname.startsWith('/pictures/')) return keptFirst;
  return kept.has(pathname) ? fileFromNetwork : undefined;
}

self.addEventListener('install', (event) => {
  event.waitUntil(
    files.length > 0
      ? keepShell()
          .then(keepMenu)
          .then(() => self.skipWaiting())
      : self.skipWaiting(),
  );
});
self.addEventListener('activate', (event) => {
  event.waitUntil(files.length > 0 ? dropOldVersions().then(() => self.clients.claim()) : retire());
});
if (files.length > 0) {
  self.addEventListener('fetch', (event) => {
    const answer = answererOf(event.request);
    if (answer) event.respondWith(answer(event.request));
  });
}

// Without it this file would share its names with every other one.
export {};

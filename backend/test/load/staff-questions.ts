import { randomUUID } from 'node:crypto';
import type { Agent } from 'supertest';
import type { LoggedIn } from '../support/builders.ts';

type Person = 'admin' | 'franchisee';

interface StaffQuestion {
  page: string;
  who: Person;
  path: string;
  /** A GET unless there is a body to PUT. */
  body?: object;
}

interface AnswerTime extends StaffQuestion {
  status: number;
  firstMs: number;
  medianMs: number;
}

const TIMES_ASKED = 5;
const DAY_MS = 86_400_000;
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

/** What the staff's pages ask for their data, a line a question. A new page adds its own. */
export function staffQuestions(franchiseId: number, franchiseeId: number): StaffQuestion[] {
  const franchise = `/api/franchise/${franchiseId}`;
  const month = `from=${day(30)}&to=${day(0)}`;
  const year = `from=${day(365)}&to=${day(0)}`;
  const audit = '/api/operations/audit';
  const recompute = `/api/operations/recompute/${randomUUID()}/store`;
  return [
    { page: 'every page', who: 'admin', path: '/api/user/me' },
    { page: 'every page', who: 'admin', path: '/api/status' },
    { page: 'admin, franchises', who: 'admin', path: '/api/franchise?page=0&limit=10&name=*' },
    { page: 'admin, franchises', who: 'admin', path: '/api/franchise?page=20&limit=10&name=*' },
    { page: 'admin, franchises', who: 'admin', path: '/api/franchise?page=0&limit=10&name=*29*' },
    { page: 'admin, users', who: 'admin', path: '/api/user?page=1&limit=10&name=*' },
    { page: 'admin, users', who: 'admin', path: '/api/user?page=500&limit=10&name=*' },
    { page: 'admin, users', who: 'admin', path: '/api/user?page=1&limit=10&name=*nobody*' },
    { page: 'admin, roles', who: 'admin', path: `/api/franchise/${franchiseeId}` },
    { page: 'admin, menu', who: 'admin', path: '/api/order/menu' },
    { page: 'admin, audit log', who: 'admin', path: audit },
    { page: 'admin, audit log', who: 'admin', path: `${audit}?page=100&limit=20` },
    { page: 'admin, audit log', who: 'admin', path: `${audit}?action=store.updated&actorId=5` },
    { page: 'admin, audit log', who: 'admin', path: `${audit}?from=${day(7)}T00:00:00Z&subjectType=store` },
    { page: 'admin, books', who: 'admin', path: '/api/operations/recompute' },
    { page: 'admin, books', who: 'admin', path: `${recompute}/2`, body: { mode: 'check' } },
    { page: 'operations', who: 'admin', path: '/api/operations/factory' },
    { page: 'operations', who: 'admin', path: '/api/operations/queue' },
    { page: 'operations', who: 'admin', path: '/api/operations/queue?page=20' },
    { page: 'operations', who: 'admin', path: '/api/operations/incidents' },
    { page: 'operations', who: 'admin', path: '/api/operations/failed-orders' },
    { page: 'operations', who: 'admin', path: '/api/operations/figures' },
    { page: 'operations', who: 'admin', path: '/api/operations/drill' },
    { page: 'franchise', who: 'franchisee', path: `/api/franchise/${franchiseeId}` },
    { page: 'franchise', who: 'franchisee', path: `${franchise}/report?by=day&${month}` },
    { page: 'franchise', who: 'franchisee', path: `${franchise}/report?by=store&${month}` },
    { page: 'franchise', who: 'franchisee', path: `${franchise}/report?by=item&${month}` },
    { page: 'franchise, a year', who: 'franchisee', path: `${franchise}/report?by=day&${year}` },
    { page: 'franchise, a year', who: 'franchisee', path: `${franchise}/report?by=item&${year}` },
    { page: 'franchise, stores', who: 'franchisee', path: `${franchise}/store` },
    {
      page: 'franchise, export',
      who: 'franchisee',
      path: `${franchise}/orders/export?from=${day(30)}&to=${day(0)}`,
    },
    { page: 'franchise, orders', who: 'franchisee', path: `${franchise}/orders?limit=20` },
    { page: 'franchise, orders', who: 'franchisee', path: `${franchise}/orders?status=ready&storeId=1` },
  ];
}

async function timeQuestion(http: Agent, question: StaffQuestion, who: LoggedIn): Promise<AnswerTime> {
  const times: number[] = [];
  let status = 200;
  for (let asked = 0; asked < TIMES_ASKED; asked += 1) {
    const beganAt = performance.now();
    const { path, body } = question;
    const answer = await (body ? http.put(path).send(body) : http.get(path)).set(who.bearer);
    times.push(performance.now() - beganAt);
    if (answer.status !== 200) status = answer.status;
  }
  const [firstMs = 0] = times;
  const medianMs = times.toSorted((one, other) => one - other)[Math.floor(TIMES_ASKED / 2)] ?? 0;
  return { ...question, status, firstMs, medianMs };
}

/** Asks each question a few times, one after the other, over HTTP. */
export async function timeQuestions(
  http: Agent,
  questions: readonly StaffQuestion[],
  people: Record<Person, LoggedIn>,
): Promise<AnswerTime[]> {
  const times: AnswerTime[] = [];
  for (const question of questions) times.push(await timeQuestion(http, question, people[question.who]));
  return times;
}

/** A table for people, the slowest first. */
export function describeTimes(times: readonly AnswerTime[]): string {
  const lines = times
    .toSorted((one, other) => other.firstMs - one.firstMs)
    .map(({ page, path, firstMs, medianMs }) => {
      const [first, median] = [firstMs, medianMs].map((ms) => ms.toFixed(0).padStart(6));
      return `${first} ${median}  ${page.padEnd(18)} ${path}`;
    });
  return `${[' first median ms', ...lines].join('\n')}\n`;
}

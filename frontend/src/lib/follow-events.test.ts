import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { followEvents } from './follow-events.ts';

/** As much of the browser's EventSource as a stream needs; tests say what the service does. */
class FakeEventSource {
  static readonly CLOSED = 2;
  static opened: FakeEventSource[] = [];
  readonly url: string;
  readyState = 0;
  onopen = (): void => undefined;
  onerror = (): void => undefined;
  private readonly listeners = new Map<string, (message: { data: string }) => void>();

  constructor(url: string) {
    this.url = url;
    FakeEventSource.opened.push(this);
  }

  addEventListener(name: string, listen: (message: { data: string }) => void): void {
    this.listeners.set(name, listen);
  }

  close(): void {
    this.readyState = FakeEventSource.CLOSED;
  }

  begins(): void {
    this.readyState = 1;
    this.onopen();
  }

  says(name: string, data: unknown): void {
    this.listeners.get(name)?.({ data: JSON.stringify(data) });
  }

  /** The browser is trying again by itself. */
  isInterrupted(): void {
    this.readyState = 0;
    this.onerror();
  }

  isRefused(): void {
    this.readyState = FakeEventSource.CLOSED;
    this.onerror();
  }
}

class FakeDocument extends EventTarget {
  visibilityState = 'visible';

  turns(state: 'visible' | 'hidden'): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: FakeDocument;
beforeEach(() => {
  jest.useFakeTimers();
  FakeEventSource.opened = [];
  page = new FakeDocument();
  Object.assign(globalThis, { EventSource: FakeEventSource, document: page });
});
afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'EventSource');
  Reflect.deleteProperty(globalThis, 'document');
});

const sources = () => FakeEventSource.opened;
const openSources = () => sources().filter(({ readyState }) => readyState !== FakeEventSource.CLOSED);

function follow() {
  const told: unknown[] = [];
  const flow: boolean[] = [];
  const stop = followEvents('GET /api/order/:orderId/events', {
    params: { orderId: 7 },
    event: 'status',
    onData: (data) => told.push(data),
    onFlow: (isFlowing) => flow.push(isFlowing),
  });
  return { told, isFlowing: () => flow.at(-1), stop };
}

describe('following events', () => {
  it('asks at the address of the endpoint, and hands over what its events say', () => {
    const { told, isFlowing } = follow();
    const [source] = sources();
    expect(source?.url).toBe('/api/order/7/events');
    source?.begins();
    source?.says('status', { order: { id: 7 } });
    source?.says('other', 'not asked for');
    expect([told, isFlowing()]).toEqual([[{ order: { id: 7 } }], true]);
  });

  it('through a lost connection says that nothing flows until the browser is back, and opens nothing itself', () => {
    const { isFlowing } = follow();
    sources()[0]?.begins();
    sources()[0]?.isInterrupted();
    expect(isFlowing()).toBe(false);
    jest.advanceTimersByTime(60_000);
    expect(sources()).toHaveLength(1);
    sources()[0]?.begins();
    expect(isFlowing()).toBe(true);
  });

  it('that was refused is tried again after a while', () => {
    const { isFlowing } = follow();
    sources()[0]?.isRefused();
    expect(isFlowing()).toBe(false);
    jest.advanceTimersByTime(14_000);
    expect(sources()).toHaveLength(1);
    jest.advanceTimersByTime(1_000);
    expect(openSources()).toHaveLength(1);
  });

  it('rests while the page is hidden, and goes on when it is seen again', () => {
    const { isFlowing } = follow();
    sources()[0]?.begins();
    page.turns('hidden');
    expect([openSources().length, isFlowing()]).toEqual([0, false]);
    page.turns('visible');
    expect([sources().length, openSources().length]).toEqual([2, 1]);
  });

  it('on a page that opens hidden begins when it is seen', () => {
    page.visibilityState = 'hidden';
    follow();
    expect(sources()).toHaveLength(0);
    page.turns('visible');
    expect(openSources()).toHaveLength(1);
  });

  it('once stopped holds no connection, no timer and no listener', () => {
    const { stop, isFlowing } = follow();
    sources()[0]?.isRefused();
    stop();
    page.turns('hidden');
    page.turns('visible');
    expect([openSources().length, jest.getTimerCount(), isFlowing()]).toEqual([0, 0, false]);
  });
});

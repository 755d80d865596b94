import { Gauge, type Registry } from 'prom-client';

/** Whether this process can serve, and what its clock is worth, when somebody reads the metrics. */
export function watchHeartbeat(
  registry: Registry,
  { isFresh, offsetMs }: { isFresh: () => boolean; offsetMs: () => number },
): void {
  new Gauge({
    name: 'pizza_heartbeat_fresh',
    help: '1 while the database stores the heartbeat of this process, 0 when it is not ready for want of that',
    registers: [registry],
    collect() {
      this.set(isFresh() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'pizza_clock_offset_seconds',
    help: "How far this machine's clock is behind the database's; orders go by the database's",
    registers: [registry],
    collect() {
      this.set(offsetMs() / 1000);
    },
  });
}

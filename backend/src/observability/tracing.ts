import type { Logger } from './logger.ts';
import { createRareWarning } from './rare-warning.ts';

export interface TraceTarget {
  /** Where the collector is; `/v1/traces` comes after it. */
  endpoint: string;
  serviceName: string;
  exportEveryMs: number;
  version: string;
  process: string;
}

interface TracingOptions {
  config: {
    traces: Pick<TraceTarget, 'endpoint' | 'serviceName' | 'exportEveryMs'> | undefined;
    version: string;
  };
  log: Logger;
  longProcess: string;
}

/** Traces from now on when there is a collector, and loads nothing when there is none. Answers what sends the last spans, within a second. */
export async function startTracing({
  config,
  log,
  longProcess,
}: TracingOptions): Promise<() => Promise<void>> {
  const { traces, version } = config;
  if (!traces) return async () => undefined;
  const { openTraces } = await import('./open-telemetry.ts');
  return openTraces(
    { ...traces, version, process: longProcess },
    createRareWarning(log, 'the collector does not take our traces'),
  );
}

import type { TestService } from './test-service.ts';

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/;

/** Reads a text in the Prometheus exposition format 0.0.4; no label of ours holds an escaped character. */
export function parseMetrics(exposition: string): Sample[] {
  return exposition.split('\n').flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const [, name = '', labels = '', value = ''] = LINE.exec(line) ?? [];
    if (name === '') throw new Error(`no metric: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', text = '']) => [key, text]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
  });
}

/** Reads the metrics of a service as Prometheus does; `metric` answers undefined for a series that is not there. */
export async function readMetrics({ http }: Pick<TestService, 'http'>) {
  const samples = parseMetrics((await http.get('/metrics').expect(200)).text);
  return {
    samples,
    metric(name: string, labels: Record<string, string> = {}): number | undefined {
      const fits = (sample: Sample): boolean =>
        sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text);
      return samples.find(fits)?.value;
    },
  };
}

/** How much each of these counters grew while `work` ran, by its name and labels. */
export async function growthDuring(
  service: Pick<TestService, 'http'>,
  counters: readonly [name: string, labels?: Record<string, string>][],
  work: () => Promise<unknown>,
): Promise<number[]> {
  const before = await readMetrics(service);
  await work();
  const after = await readMetrics(service);
  return counters.map(([name, labels]) => {
    const was = before.metric(name, labels);
    const is = after.metric(name, labels);
    if (was === undefined || is === undefined) throw new Error(`${name} is not there from the start`);
    return is - was;
  });
}

/** Answers whether the running service exposes a metric; the series of a histogram go by its name. */
export async function readExposed({ http }: Pick<TestService, 'http'>): Promise<(metric: string) => boolean> {
  const { text } = await http.get('/metrics').expect(200);
  const names = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name = '']) => name));
  return (metric) => names.has(metric) || names.has(metric.replace(/_(bucket|count|sum)$/, ''));
}

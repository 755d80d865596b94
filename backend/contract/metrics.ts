import { z } from 'zod';
import { endpoint } from './endpoint.ts';

export const readMetrics = endpoint({
  method: 'GET',
  path: '/metrics',
  summary: 'Read the metrics',
  description:
    'For Prometheus. Answers calls from the machine itself, and others that bear the METRICS_TOKEN.',
  access: { who: 'everyone' },
  headers: z.object({
    authorization: z.string().optional(),
    'x-forwarded-for': z.string().optional(),
    forwarded: z.string().optional(),
  }),
  answers: {
    200: {
      description: 'Text in the Prometheus exposition format',
      schema: z.string(),
      mediaType: 'text/plain; version=0.0.4; charset=utf-8',
      example: '# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.\n',
    },
  },
  errors: ['forbidden'],
  example: {},
});

import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { incidentParams } from './incidents.ts';

const spanSchema = z
  .object({ kind: z.enum(['text', 'code', 'strong']), text: z.string() })
  .meta({ id: 'ReportSpan' });
export type ReportSpan = z.output<typeof spanSchema>;
const spans = z.array(spanSchema);

const blockSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('paragraph'), spans }),
    z.object({ kind: z.literal('blank'), text: z.string().describe('What only a person can fill in') }),
    z.object({ kind: z.literal('list'), items: z.array(spans) }),
    z.object({ kind: z.literal('tasks'), items: z.array(spans).describe('What is to be done') }),
    z.object({ kind: z.literal('table'), head: z.array(z.string()), rows: z.array(z.array(spans)) }),
  ])
  .meta({ id: 'ReportBlock' });
export type ReportBlock = z.output<typeof blockSchema>;

const reportSchema = z
  .object({
    title: z.string(),
    byline: z.string().describe('What wrote it'),
    sections: z.array(z.object({ heading: z.string(), blocks: z.array(blockSchema) })),
  })
  .meta({ id: 'IncidentReport' });
export type IncidentReport = z.output<typeof reportSchema>;

export const readIncidentReport = endpoint({
  method: 'GET',
  path: '/api/operations/incidents/:incidentId/report',
  summary: "Read an incident's report",
  description:
    'Written from the record, ready to be kept: what only a person can know is left as a marked blank. In its parts with `Accept: application/json`.',
  access: { who: 'admin' },
  params: incidentParams,
  answers: {
    200: {
      description: 'The report in Markdown',
      schema: z.string(),
      mediaType: 'text/markdown; charset=utf-8',
      example:
        '# Incident 7: the factory refused orders\n\n## Summary\n\nOn 2026-11-23 the pizza factory refused orders for 725 ms.\n',
      asJson: {
        schema: reportSchema,
        example: {
          title: 'Incident 7: the pizza factory refused orders',
          byline: 'Written from the record by JWT Pizza 1.0.0.',
          sections: [
            {
              heading: 'Root cause',
              blocks: [
                {
                  kind: 'paragraph',
                  spans: [{ kind: 'text', text: 'The factory answered orders with a server error.' }],
                },
                {
                  kind: 'blank',
                  text: 'To be filled in by a person: why the factory came into this state.',
                },
              ],
            },
          ],
        },
      },
    },
  },
  errors: ['not_found'],
  example: { params: { incidentId: 7 } },
});

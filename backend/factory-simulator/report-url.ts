import type { ReportUrlShape } from './chaos-options.ts';

export interface SplitReportUrl {
  hostname: string;
  apiKey: string;
  fixCode: string;
  shape: ReportUrlShape;
}

/** Answers the URL the real factory would hand out: whatever came as Host, always https, never with the port. */
export function buildReportUrl({ hostname, apiKey, fixCode, shape }: SplitReportUrl): string {
  const key = encodeURIComponent(apiKey);
  return shape === 'query'
    ? `https://${hostname}/api/report?apiKey=${key}&fixCode=${fixCode}`
    : `https://${hostname}/api/support/${key}/report/${fixCode}`;
}

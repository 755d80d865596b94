import type { FactorySettings } from '../../../config.ts';
import { parseReportUrl, presentableToClient, type ReportUrlVerdict } from './report-url.ts';

/** A report URL as an answer of the factory brought it, judged. */
export interface FoundReport {
  verdict: ReportUrlVerdict;
  /** As it came; only when it holds no secret of ours. */
  presentable: string | undefined;
}

/** Host and fingerprint are all of a report URL that may be stored with an attempt or logged. */
export function describeReport(report: FoundReport | undefined): {
  host: string | undefined;
  fingerprint: string | undefined;
} {
  if (!report) return { host: undefined, fingerprint: undefined };
  const { verdict } = report;
  if (verdict.kind === 'rejected') return { host: verdict.host, fingerprint: verdict.fingerprint };
  return { host: verdict.url.host, fingerprint: verdict.url.fingerprint };
}

/** Answers the function that judges the report URLs of a factory's answers; `apiKeys` are those of all factories. */
export function createReportFinder(
  factory: FactorySettings,
  apiKeys: readonly string[],
): (reportUrl: string | undefined) => FoundReport | undefined {
  return (reportUrl) =>
    reportUrl === undefined
      ? undefined
      : {
          verdict: parseReportUrl(reportUrl, factory),
          presentable: presentableToClient(reportUrl, factory, apiKeys),
        };
}

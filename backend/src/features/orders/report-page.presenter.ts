import type { ReportRow } from '../fulfillment/fault-reports/fault-report.repository.ts';

const MESSAGES: Record<ReportRow['state'], string> = {
  seen: 'not reported yet',
  calling: 'the fault is being reported to the factory',
  done: 'the fault was reported to the factory',
  failed: 'the factory did not take the report',
  rejected: 'not reported yet',
};

/** Every field of a report that may leave; never its URL or code. */
export function presentReport(report: ReportRow) {
  return {
    message: MESSAGES[report.state],
    state: report.state === 'rejected' ? ('seen' as const) : report.state,
    factory: report.host ?? null,
    calledAt: report.calledAt?.toISOString() ?? null,
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** The page behind a report link: plain, because it must work where nothing else does. */
export function presentReportPage(orderId: number, report: ReportRow): string {
  const { message, factory, calledAt } = presentReport(report);
  const when = calledAt === null ? '' : ` It was called at <time datetime="${calledAt}">${calledAt}</time>.`;
  const button = report.state === 'done' ? 'Report it again' : 'Report it now';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Order ${orderId}: report to the factory</title></head>
<body>
<main>
<h1>Order ${orderId} could not be made</h1>
<p>The pizza factory${factory === null ? '' : ` at ${escapeHtml(factory)}`} refused it, and told us where to report that.</p>
<p role="status"><strong>State: ${message}.</strong>${when}</p>
<form method="post"><button>${button}</button></form>
<p><a href="/">Back to JWT Pizza</a></p>
</main>
</body>
</html>
`;
}

import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { currentRequest, parentContext } from './current-span.ts';
import { type FinishedStatement, finishedStatements } from './statement-channel.ts';

/** A span for each statement that is run for a request; what the service does for itself every second is not traced. */
export function traceStatements(tracer: Tracer): void {
  finishedStatements.subscribe((message) => {
    if (!currentRequest.getStore()) return;
    const { sql, ms, fault } = message as FinishedStatement;
    const endedAt = Date.now();
    const operation = /\w+/.exec(sql)?.[0].toUpperCase() ?? 'SQL';
    const span = tracer.startSpan(
      operation,
      {
        kind: SpanKind.CLIENT,
        startTime: endedAt - ms,
        attributes: { 'db.system.name': 'mysql', 'db.operation.name': operation, 'db.query.text': sql },
      },
      parentContext(),
    );
    if (fault !== undefined) {
      span.setAttribute('error.type', fault);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(endedAt);
  });
}

import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { traceCalls } from './call-spans.ts';
import { traceRequests } from './request-spans.ts';
import { traceStatements } from './statement-spans.ts';
import type { TraceTarget } from './tracing.ts';

const EXPORT_TIMEOUT_MS = 5_000;
// What the end of the process waits for its last spans.
const LAST_EXPORT_MS = 900;
// Statements that write many rows repeat their placeholders.
const LONGEST_ATTRIBUTE = 4_096;

function reportingExporter(url: string, onRefused: (cause: string) => void) {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS });
  return {
    export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
      exporter.export(spans, (result) => {
        // Its message may quote the address, which may hold a password.
        if (result.code !== ExportResultCode.SUCCESS) onRefused(result.error?.name ?? 'unknown');
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

/**
 * Begins to trace requests, statements and calls, as Node, our pool and undici tell of them on diagnostics channels:
 * nothing is patched, so it does not matter what was loaded before. Every attribute is named by us, so no URL, key or
 * value can get into a span. Answers what ends it.
 */
export function openTraces(target: TraceTarget, onRefused: (cause: string) => void): () => Promise<void> {
  const url = `${target.endpoint.replace(/\/+$/, '')}/v1/traces`;
  const processor = new BatchSpanProcessor({
    exporter: reportingExporter(url, onRefused),
    scheduledDelayMillis: target.exportEveryMs,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(detectResources({ detectors: [resourceAttributesEnvDetector] }))
      .merge(
        resourceFromAttributes({
          'service.name': target.serviceName,
          'service.version': target.version,
          'jwt_pizza.process': target.process,
        }),
      ),
    spanProcessors: [processor],
    spanLimits: { attributeValueLengthLimit: LONGEST_ATTRIBUTE },
  });
  const tracer = provider.getTracer('jwt-pizza', target.version);
  traceRequests(tracer);
  traceStatements(tracer);
  traceCalls(tracer);
  return async () => {
    const isSent = processor.shutdown().catch(() => undefined);
    await Promise.race([isSent, new Promise((resolve) => setTimeout(resolve, LAST_EXPORT_MS))]);
  };
}

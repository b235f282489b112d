import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { detectResources, envDetector } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** Spans for requests in and out. Name, sampling and collector come from the standard OTEL_ variables of the chart. */
export function startTracing(): void {
  const provider = new NodeTracerProvider({
    resource: detectResources({ detectors: [envDetector] }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        // Probes and scrapes come on the management port, every few seconds, from every node.
        ignoreIncomingRequestHook: request =>
          request.socket.localPort === Number(process.env['MANAGEMENT_PORT'] ?? 9090),
      }),
      new UndiciInstrumentation(),
    ],
  });
  process.once('beforeExit', () => void provider.shutdown());
}

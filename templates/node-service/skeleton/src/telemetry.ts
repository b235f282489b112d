/**
 * Loaded before everything else (`node --import ./dist/telemetry.js`), so that node:http is instrumented when Fastify asks
 * for it. Without a collector nothing is loaded: the SDK costs memory and start-up time.
 */
const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: disabled } = process.env;
if (endpoint && disabled !== 'true') {
  const { startTracing } = await import('./observe/startTracing.ts');
  startTracing();
}

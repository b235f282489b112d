import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startService, stopService } from './ServiceProcess';

/** With a collector, a request becomes a span of the caller's trace, sent before the process ends. */
export async function collectSpans(folder: string): Promise<void> {
  const received: Buffer[] = [];
  const collector = createServer((request, response) => {
    request.on('data', part => received.push(part));
    request.on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const service = await startService(folder, ['--import', './dist/telemetry.js', 'dist/main.js'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_SERVICE_NAME: 'order',
    OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=shop',
    LOG_LEVEL: 'debug',
  });
  const trace = 'ab'.repeat(16);
  await fetch(`${service.traffic}/v1/quotes/ABC-1`, {
    headers: { traceparent: `00-${trace}-${'cd'.repeat(8)}-01` },
  });
  assert.equal(await stopService(service), 0);
  collector.close();
  const spans = Buffer.concat(received);
  assert(spans.includes(Buffer.from(trace, 'hex')), 'the collector got no span of the trace');
  assert(
    spans.includes('service.namespace') && spans.includes('order'),
    'the span does not name its service',
  );
  assert(
    service.output().includes(`"trace_id":"${trace}"`),
    'the log line does not carry the trace id',
  );
}

import assert from 'node:assert/strict';
import type { ArgoCdTarget } from './ArgoCdTarget';

export interface EventStream {
  /** The next event that fits; those before it are passed over. */
  next: (fits: (event: unknown) => boolean) => Promise<unknown>;
  close: () => void;
}

const PATIENCE_MS = 60_000;

/** Opens a stream as events or as lines of JSON. */
export async function readStream(
  target: ArgoCdTarget,
  path: string,
  accept = 'text/event-stream',
): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(`${target.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${target.token}`, accept },
    signal: abort.signal,
  });
  assert.equal(response.status, 200);
  assert.ok(response.headers.get('content-type')?.startsWith(accept));
  assert.ok(response.body);
  const lines = linesOf(response.body);
  return {
    async next(fits) {
      const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
      try {
        for (;;) {
          const { value, done } = await lines.next();
          assert.ok(!done, 'the stream has ended');
          const data = value.replace(/^data: /, '').trim();
          if (!data || data.startsWith(':')) continue;
          const event: unknown = JSON.parse(data);
          if (fits(event)) return event;
        }
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => abort.abort(),
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

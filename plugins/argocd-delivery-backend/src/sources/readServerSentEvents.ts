import { EventSourceParserStream } from 'eventsource-parser/stream';

export interface ReadOptions {
  /** Called for every byte that arrives, comments included: the stream is alive. */
  readonly onActivity: () => void;
  readonly onEvent: (data: unknown) => void;
}

/** Reads server-sent events with JSON data until the stream ends. */
export async function readServerSentEvents(
  stream: ReadableStream<Uint8Array>,
  { onActivity, onEvent }: ReadOptions,
) {
  const observed = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      onActivity();
      controller.enqueue(chunk);
    },
  });
  const events = stream
    .pipeThrough(observed)
    .pipeThrough(new TextDecoderStream() as never)
    .pipeThrough(new EventSourceParserStream());
  for await (const { data } of events as unknown as AsyncIterable<{ data: string }>) {
    onEvent(JSON.parse(data));
  }
}

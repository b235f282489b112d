/**
 * A line may not be longer than this: etcd refuses objects above 1.5 MiB, and JSON takes at most a few times its
 * protobuf form. What is longer is not a watch.
 * Source: https://etcd.io/docs/v3.6/dev-guide/limit/
 */
const MAX_LINE = 16 * 1024 * 1024;

/** Splits a byte stream into its lines; an unfinished last line is dropped, for a watch event ends with a newline. */
export async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of body) {
    const text = decoder.decode(chunk, { stream: true });
    const end = text.lastIndexOf('\n');
    if (end < 0) {
      parts.push(text);
      length += text.length;
      if (length > MAX_LINE) throw new RangeError(`a line is longer than ${MAX_LINE} characters`);
      continue;
    }
    const whole = parts.join('') + text.slice(0, end);
    parts = [text.slice(end + 1)];
    length = parts[0].length;
    yield whole.split('\n').filter(line => line.trim());
  }
}

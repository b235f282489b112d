import type { EntityView } from './WorkloadHealthService';

/** Many times what the pages of a busy hour weigh: one is 4 kB for a workload in one cluster, 100 kB for 40 of them. */
const MOST_BYTES = 16 * 1024 * 1024;

interface Rendered {
  readonly version: string;
  readonly body: Promise<Buffer>;
  bytes: number;
}

/** Answers as they are sent. Many look at what is broken: it is put together once for all of them, and again when it differs. */
export class RenderedAnswers {
  readonly #kept = new Map<string, Rendered>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor({ mostBytes = MOST_BYTES } = {}) {
    this.#mostBytes = mostBytes;
  }

  /** The same for every caller: who may see the entity is decided before. */
  bodyOf({ entityRef, version, health }: EntityView): Promise<Buffer> {
    const known = this.#kept.get(entityRef);
    if (known?.version === version) return known.body;
    this.#forget(entityRef);
    const body = health().then(answer => Buffer.from(JSON.stringify(answer)));
    const rendered: Rendered = { version, body, bytes: 0 };
    this.#kept.set(entityRef, rendered);
    body.then(
      ({ length }) => this.#weigh(entityRef, rendered, length),
      () => this.#kept.get(entityRef) === rendered && this.#forget(entityRef),
    );
    return body;
  }

  #weigh(entityRef: string, rendered: Rendered, bytes: number) {
    if (this.#kept.get(entityRef) !== rendered) return;
    rendered.bytes = bytes;
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#forget(oldest);
    }
  }

  #forget(entityRef: string) {
    this.#bytes -= this.#kept.get(entityRef)?.bytes ?? 0;
    this.#kept.delete(entityRef);
  }
}

export type Json = Record<string, unknown>;

/** What a server answered, read to its end. */
export class Answer {
  private constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly bytes: Buffer,
  ) {}

  static async to(url: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return new Answer(response.status, response.headers, bytes);
  }

  get text(): string {
    return this.bytes.toString();
  }

  /** The body as a JSON object. */
  get json(): Json {
    return JSON.parse(this.text);
  }

  get list(): Json[] {
    return JSON.parse(this.text);
  }

  /** What is at a path of the body, or undefined. */
  at(path: string): unknown {
    return valueAt(this.json, path);
  }
}

export const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value);

import { Secret } from './Secret.ts';

export class InvalidEnvironment extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `${problems.length} environment variable(s) are missing or wrong:\n- ${problems.join('\n- ')}`,
    );
    this.name = 'InvalidEnvironment';
    this.problems = problems;
  }
}

/** Reads typed variables and collects what is wrong with them, so that one failed start names everything. */
export class EnvironmentReader {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #problems: string[] = [];

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  text(name: string, fallback?: string): string {
    return this.#environment[name] || fallback || this.#reject('', `${name} is missing`);
  }

  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const text = this.#environment[name] || allowed[0];
    const value = allowed.find(candidate => candidate === text);
    return (
      value ??
      this.#reject(allowed[0], `${name} is "${text}", expected one of ${allowed.join(', ')}`)
    );
  }

  number(name: string, fallback: number, { min, max }: { min: number; max: number }): number {
    const text = this.#environment[name];
    if (!text) return fallback;
    const value = Number(text);
    if (Number.isFinite(value) && value >= min && value <= max) return value;
    return this.#reject(fallback, `${name} is "${text}", expected a number from ${min} to ${max}`);
  }

  /** An address; credentials belong into a secret, not into a URL that is logged. */
  address(name: string): URL {
    const text = this.#environment[name];
    const nowhere = new URL('tcp://nowhere');
    if (!text) return this.#reject(nowhere, `${name} is missing`);
    if (!URL.canParse(text)) return this.#reject(nowhere, `${name} is "${text}", expected a URL`);
    const url = new URL(text);
    if (url.username || url.password)
      return this.#reject(nowhere, `${name} carries credentials, which belong into a secret`);
    return url.hostname
      ? url
      : this.#reject(nowhere, `${name} is "${text}", expected a URL with a host`);
  }

  secret(name: string): Secret {
    return new Secret(this.#environment[name] || this.#reject('', `${name} (a secret) is missing`));
  }

  /** @throws InvalidEnvironment naming every problem found so far */
  assertValid(): void {
    if (this.#problems.length) throw new InvalidEnvironment(this.#problems);
  }

  #reject<T>(placeholder: T, problem: string): T {
    this.#problems.push(problem);
    return placeholder;
  }
}

import { request as overHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
  /** The parsed body; an empty object where it is not JSON. */
  readonly body: WireObject;
}

/** What of an object, a list, a Status or a discovery document the cases look at. */
export interface WireObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly creationTimestamp: string;
    readonly deletionTimestamp: string;
    readonly generation: number;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly continue: string;
    readonly remainingItemCount: number;
  };
  readonly items: readonly WireObject[];
  readonly data: Readonly<Record<string, string>>;
  readonly spec: unknown;
  readonly status: unknown;
  readonly message: string;
  readonly reason: string;
  readonly code: number;
  readonly details: {
    readonly name: string;
    readonly kind: string;
    readonly uid: string;
    readonly causes: readonly { readonly reason: string }[];
  };
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
    readonly resource: string;
  }[];
  readonly groups: readonly { readonly name: string }[];
  readonly versions: readonly WireObject[];
  readonly gitVersion: string;
}

export interface WatchEvent {
  readonly type: string;
  readonly object: WireObject;
}

export interface RunningWatch {
  readonly events: readonly WatchEvent[];
  /** Resolves with all events so far as soon as the test holds; fails after half a minute. */
  until(test: (events: readonly WatchEvent[]) => boolean): Promise<readonly WatchEvent[]>;
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** A Kubernetes API server and a token that may do everything there. */
export interface KubernetesTarget {
  readonly url: string;
  readonly token: string;
}

const WAIT_MILLISECONDS = 30_000;

/** A bare HTTP client: what a case asserts must not be hidden by a Kubernetes library. Certificates are not checked: loopback only. */
export class ContractClient {
  private constructor(
    private readonly target: KubernetesTarget,
    /** The namespace of the case. */
    readonly namespace: string,
  ) {}

  static create(target: KubernetesTarget, namespace: string): ContractClient {
    return new ContractClient(target, namespace);
  }

  withToken(token: string): ContractClient {
    return new ContractClient({ ...this.target, token }, this.namespace);
  }

  /** `/api/v1/namespaces/<own>/configmaps` for `configmaps`, `/apis/apps/v1/…` for `apps/v1/deployments`. */
  path(resource: string): string {
    const parts = resource.split('/');
    const plural = parts.pop();
    const root = parts.length > 0 ? `/apis/${parts.join('/')}` : '/api/v1';
    return `${root}/namespaces/${this.namespace}/${plural}`;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  create(path: string, body: unknown): Promise<Answer> {
    return this.send('POST', path, body, { 'Content-Type': 'application/json' });
  }

  replace(path: string, body: unknown): Promise<Answer> {
    return this.send('PUT', path, body, { 'Content-Type': 'application/json' });
  }

  patch(path: string, body: unknown, type: string): Promise<Answer> {
    return this.send('PATCH', path, body, { 'Content-Type': type });
  }

  remove(path: string, body?: unknown): Promise<Answer> {
    return this.send('DELETE', path, body, { 'Content-Type': 'application/json' });
  }

  async send(
    method: string,
    path: string,
    content: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const payload = content === undefined ? '' : JSON.stringify(content);
    // Node adds no length to a DELETE by itself, and without one the server sees no body.
    const length = { 'Content-Length': String(Buffer.byteLength(payload)) };
    const request = this.open(method, path, { ...headers, ...(payload && length) });
    request.end(payload);
    const response = await answered(request);
    const text = (await response.toArray()).join('');
    const mediaType = response.headers['content-type'] ?? '';
    const body = mediaType.includes('json') ? JSON.parse(text) : {};
    return { status: response.statusCode ?? 0, mediaType, text, body };
  }

  /** Starts to watch and waits for the response to begin. */
  async watch(path: string): Promise<RunningWatch> {
    const request = this.open('GET', path, {});
    request.end();
    const response = await answered(request);
    response.setEncoding('utf8');
    const events: WatchEvent[] = [];
    const waiting = new Set<() => void>();
    let rest = '';
    response.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      events.push(...lines.filter(Boolean).map(line => JSON.parse(line)));
      waiting.forEach(check => check());
    });
    const ended = new Promise<void>(resolve => {
      response.on('close', resolve);
    });
    const until: RunningWatch['until'] = test =>
      new Promise((resolve, reject) => {
        const giveUp = setTimeout(
          () => reject(new Error(`Not seen in time; seen: ${JSON.stringify(events)}`)),
          WAIT_MILLISECONDS,
        );
        const check = () => {
          if (!test(events)) return;
          clearTimeout(giveUp);
          waiting.delete(check);
          resolve([...events]);
        };
        waiting.add(check);
        check();
      });
    return { events, until, ended, stop: () => request.destroy() };
  }

  private open(method: string, path: string, headers: Record<string, string>): ClientRequest {
    const url = new URL(path, this.target.url);
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    return send(url, {
      method,
      rejectUnauthorized: false,
      headers: { Authorization: `Bearer ${this.target.token}`, ...headers },
    });
  }
}

const answered = (request: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });

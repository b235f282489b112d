import { Agent, request } from 'node:https';

/** What the world itself needs of any object; the rest is read by whoever knows the kind. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    resourceVersion?: string;
    generation?: number;
    uid?: string;
  };
  [field: string]: unknown;
}

export interface ObjectRef {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

export interface KubeCredentials {
  url: string;
  token: string;
  /** PEM */
  ca: string;
}

interface Resource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** An answer of the API server that is not 2xx. */
export class KubeApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'KubeApiError';
  }
}

/** A small Kubernetes client: the clients under test are never used to set their own scene. */
export class KubeApi {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Resource[]>();

  constructor(private readonly credentials: KubeCredentials) {
    this.agent = new Agent({ keepAlive: true, ca: credentials.ca });
  }

  close(): void {
    this.agent.destroy();
  }

  /** Server-side apply: creates the object or changes the fields that are given. */
  async apply<T extends KubeObject>(object: T): Promise<T> {
    const path = `${await this.path(object)}?fieldManager=world&force=true`;
    return this.send('PATCH', path, object, 'application/apply-patch+yaml');
  }

  async applyAll(objects: KubeObject[]): Promise<void> {
    for (const object of objects) await this.apply(object);
  }

  async get<T extends KubeObject>(ref: ObjectRef): Promise<T> {
    return this.send('GET', await this.path(ref));
  }

  async find<T extends KubeObject>(ref: ObjectRef): Promise<T | undefined> {
    try {
      return await this.get<T>(ref);
    } catch (error) {
      if (error instanceof KubeApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  async list<T extends KubeObject>(
    apiVersion: string,
    kind: string,
    options: { namespace?: string; labelSelector?: string } = {},
  ): Promise<T[]> {
    const path = await this.path({ apiVersion, kind, metadata: { name: '', ...options } });
    const query = options.labelSelector
      ? `?labelSelector=${encodeURIComponent(options.labelSelector)}`
      : '';
    const { items } = await this.send<{ items: T[] }>('GET', `${path.replace(/\/$/, '')}${query}`);
    // The items of a list carry neither.
    return items.map(item => ({ ...item, apiVersion, kind }));
  }

  /** A JSON merge patch. */
  async patch<T extends KubeObject>(ref: ObjectRef, change: object, subresource = ''): Promise<T> {
    const path = `${await this.path(ref)}${subresource && `/${subresource}`}`;
    return this.send('PATCH', path, change, 'application/merge-patch+json');
  }

  async delete(ref: ObjectRef): Promise<void> {
    await this.send('DELETE', await this.path(ref));
  }

  /** Any other request; the answer's body is parsed if it is JSON. */
  async send<T>(
    method: string,
    path: string,
    body?: unknown,
    contentType = 'application/json',
  ): Promise<T> {
    const { status, text } = await this.exchange(method, path, body, contentType);
    if (status < 200 || status > 299) {
      throw new KubeApiError(status, `${method} ${path}: ${status} ${messageOf(text)}`);
    }
    return parse(text) as T;
  }

  private exchange(
    method: string,
    path: string,
    body: unknown,
    contentType: string,
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const call = request(
        new URL(path, this.credentials.url),
        {
          method,
          agent: this.agent,
          timeout: 30_000,
          headers: {
            authorization: `Bearer ${this.credentials.token}`,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': contentType }),
          },
        },
        answer => {
          const chunks: Buffer[] = [];
          answer.on('data', chunk => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
          );
        },
      );
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer in 30 s`)));
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private async path({ apiVersion, kind, metadata }: ObjectRef): Promise<string> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const { name, namespaced } = await this.resource(base, kind);
    const scope =
      namespaced && metadata.namespace
        ? `/namespaces/${encodeURIComponent(metadata.namespace)}`
        : '';
    return `${base}${scope}/${name}/${encodeURIComponent(metadata.name)}`;
  }

  private async resource(base: string, kind: string): Promise<Resource> {
    const matches = (resource: Resource) => resource.kind === kind && !resource.name.includes('/');
    const known = this.resources.get(base)?.find(matches);
    if (known) return known;
    const { resources } = await this.send<{ resources: Resource[] }>('GET', base);
    this.resources.set(base, resources);
    const found = resources.find(matches);
    if (!found) throw new KubeApiError(404, `${base} has no kind ${kind}`);
    return found;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function messageOf(text: string): string {
  const body = parse(text) as { message?: string };
  return body?.message ?? text.slice(0, 300);
}

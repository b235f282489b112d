import { join } from 'node:path';
import type { EntityDelivery } from '@waymark/backstage-plugin-argocd-delivery-common';
import type { EntityHealth } from '@waymark/backstage-plugin-workload-health-common';
import { root } from '../../../suites/runProgram';
import { Daemon } from '../../world/daemon';

const URL = 'http://127.0.0.1:7007';

/** The real backend of the portal, and a guest who asks it what the pages ask. */
export class Portal {
  readonly #daemon: Daemon;
  #token = '';

  private constructor(daemon: Daemon) {
    this.#daemon = daemon;
  }

  static async start({ configs, logFile }: { configs: string[]; logFile: string }) {
    const daemon = new Daemon({
      name: 'portal',
      command: process.execPath,
      args: [
        ...['--require', require.resolve('@backstage/cli-node/config/nodeTransform.cjs')],
        'src/index.ts',
        ...configs.flatMap(config => ['--config', config]),
      ],
      cwd: join(root, 'packages/backend'),
      env: { NODE_ENV: 'development' },
      logFile,
      ready: async () => (await fetch(`${URL}/.backstage/health/v1/readiness`)).ok,
      timeoutSeconds: 120,
      onCrash: line => console.log(line),
    });
    await daemon.start();
    return new Portal(daemon);
  }

  stop = () => this.#daemon.stop();

  async signIn(): Promise<string> {
    const { backstageIdentity } = await this.ask<{
      backstageIdentity: { token: string; identity: { userEntityRef: string } };
    }>('GET', '/auth/guest/refresh');
    this.#token = backstageIdentity.token;
    return backstageIdentity.identity.userEntityRef;
  }

  healthOf(name: string, kind = 'component'): Promise<EntityHealth> {
    return this.ask('GET', `/workload-health/v1/entities/default/${kind}/${name}`);
  }

  deliveryOf(name: string, kind = 'component'): Promise<EntityDelivery> {
    return this.ask('GET', `/argocd-delivery/v1/entities/default/${kind}/${name}`);
  }

  /** A request below /api; an answer that is not 2xx throws with its message. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${URL}/api${path}`, {
      method,
      headers: {
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices, startTestBackend, type TestBackend } from '@backstage/backend-test-utils';
import { type Sandbox, startSandbox } from '@waymark/sandbox';
import type { Answers } from '@waymark/template-kit';

const POLL_MS = 200;
const ANSWERS_WITHIN_MS = 120_000;

/** The portal's real catalog and scaffolder in this process, with the sandbox as its Git host and Argo CD. */
export class Portal {
  private constructor(
    private readonly backend: TestBackend,
    private readonly sandbox: Sandbox,
    readonly templates: string,
  ) {}

  /** With the templates of a folder, which `all.yaml` in it lists. */
  static async start(templates: string): Promise<Portal> {
    const sandbox = await startSandbox({ unannounced: true });
    try {
      const backend = await startTestBackend({
        features: [
          mockServices.rootConfig.factory({ data: configFor(sandbox, templates) }),
          import('@backstage/plugin-catalog-backend'),
          import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
          import('@waymark/backstage-plugin-catalog-backend-module-waymark'),
          import('@backstage/plugin-scaffolder-backend'),
          import('@waymark/backstage-plugin-scaffolder-backend-module-waymark'),
        ],
      });
      return new Portal(backend, sandbox, templates);
    } catch (error) {
      await sandbox.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.sandbox.stop();
  }

  /** What an answer must be so that the service is created here. */
  get place() {
    const { SANDBOX_GIT_HOST: repoHost, SANDBOX_GIT_OWNER: repoOwner } = this.sandbox.variables;
    const cluster = 'https://kubernetes.default.svc';
    return { repoHost, repoOwner, cluster, argocdProject: 'default' };
  }

  /** Runs every step of the template, as Create does, and returns a URL to clone the repository from. */
  async create(answers: Answers & { readonly name: string }): Promise<string> {
    const templateRef = 'template:default/node-service';
    await this.until('/catalog/entities/by-name/template/default/node-service', Boolean);
    const { id } = await this.ask<{ id: string }>('/scaffolder/v2/tasks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ templateRef, values: answers, secrets: {} }),
    });
    const { status } = await this.until<{ status: string }>(
      `/scaffolder/v2/tasks/${id}`,
      task => !['open', 'processing'].includes(task.status),
    );
    if (status !== 'completed') throw new Error(`the task ${status}:\n${await this.logOf(id)}`);
    const { variables } = this.sandbox;
    const url = new URL(variables.SANDBOX_GIT_URL);
    url.username = variables.SANDBOX_GIT_USER;
    url.password = variables.SANDBOX_GIT_PASSWORD;
    url.pathname = `${variables.SANDBOX_GIT_OWNER}/${answers.name}.git`;
    return url.href;
  }

  private async logOf(id: string): Promise<string> {
    const events = await this.ask<{ body: { message: string; error?: { message: string } } }[]>(
      `/scaffolder/v2/tasks/${id}/events`,
    );
    return events
      .slice(-10)
      .map(({ body }) => [body.message, body.error?.message].filter(Boolean).join(': '))
      .join('\n');
  }

  private async until<T>(path: string, passes: (answer: T) => boolean): Promise<T> {
    for (const end = Date.now() + ANSWERS_WITHIN_MS; ; await sleep(POLL_MS)) {
      const answer = await this.ask<T>(path).catch(error => {
        if (Date.now() > end) throw error;
        return undefined;
      });
      if (answer !== undefined && passes(answer)) return answer;
      if (Date.now() > end) throw new Error(`${path} is still ${JSON.stringify(answer)}`);
    }
  }

  private async ask<T>(path: string, init?: RequestInit): Promise<T> {
    const url = `http://127.0.0.1:${this.backend.server.port()}/api${path}`;
    const response = await fetch(url, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

function configFor({ variables }: Sandbox, templates: string) {
  const host = variables.SANDBOX_GIT_HOST;
  return {
    backend: { reading: { allow: [{ host }] } },
    integrations: {
      gitea: [
        {
          host,
          baseUrl: variables.SANDBOX_GIT_URL,
          username: variables.SANDBOX_GIT_USER,
          password: variables.SANDBOX_GIT_PASSWORD,
        },
      ],
    },
    argocdDelivery: {
      sources: [
        {
          name: 'sandbox',
          type: 'api',
          url: variables.SANDBOX_ARGOCD_URL,
          token: variables.SANDBOX_ARGOCD_TOKEN,
        },
      ],
    },
    catalog: {
      rules: [{ allow: ['Template', 'Component', 'API', 'Location'] }],
      locations: [{ type: 'file', target: join(templates, 'all.yaml') }],
    },
  };
}

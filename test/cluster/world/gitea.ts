import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Daemon } from './daemon';
import { WorldContext } from './worldContext';

const run = promisify(execFile);

/** Who owns the repositories, and who pushes to them. */
export interface GiteaAccount {
  organisation: string;
  user: string;
  password: string;
}

/** A Gitea with one organisation and one user, who is its owner and the site's administrator. */
export class Gitea implements GiteaAccount {
  readonly organisation = 'shop';
  readonly user = 'waymark';
  readonly password = randomBytes(12).toString('hex');
  readonly daemon: Daemon;

  private constructor(
    private readonly context: WorldContext,
    /** host:port, as Backstage's integration and repoUrl name it. */
    readonly host: string,
    readonly url: string,
  ) {
    this.daemon = context.daemon({
      name: 'gitea',
      command: context.part('gitea', 'gitea'),
      args: ['web', '--config', this.configFile],
      ready: async () => (await fetch(`${url}/api/v1/version`)).ok,
    });
  }

  static async start(context: WorldContext): Promise<Gitea> {
    const host = `127.0.0.1:${context.ports.gitea}`;
    const gitea = new Gitea(context, host, `http://${host}`);
    writeFileSync(gitea.configFile, giteaConfig(context, gitea.url), { mode: 0o600 });
    await gitea.daemon.start();
    await gitea.createUser();
    await gitea.api('POST', '/orgs', { username: gitea.organisation });
    return gitea;
  }

  /** An address with credentials, for `git clone` and `git push`. */
  cloneUrl(repository: string): string {
    return `http://${this.user}:${this.password}@${this.host}/${this.organisation}/${repository}.git`;
  }

  async createRepository(name: string, options: { private?: boolean } = {}): Promise<void> {
    await this.api('POST', `/orgs/${this.organisation}/repos`, {
      ...{ name, default_branch: 'main', private: options.private ?? false },
    });
  }

  /** Every push to a repository of the organisation is told to this address at once. */
  async notifyOnPush(url: string): Promise<void> {
    await this.api('POST', `/orgs/${this.organisation}/hooks`, {
      ...{ type: 'gitea', active: true, events: ['push'] },
      config: { url, content_type: 'json' },
    });
  }

  /**
   * Lets it crash in the middle of the first push to the next repository: it has taken the commits and not moved the
   * branch yet. Once started again it is itself.
   */
  crashAtFirstPush(): void {
    const hooks = join(templateDir(this.context), 'hooks', 'pre-receive.d');
    mkdirSync(hooks, { recursive: true });
    const once = `rm -rf "$0" '${hooks}'`;
    writeFileSync(join(hooks, 'crash'), `#!/bin/sh\n${once}\nkill -KILL ${this.daemon.pid}\n`, {
      mode: 0o755,
    });
  }

  /** A request to the API as the user, below /api/v1. */
  async api<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const credentials = Buffer.from(`${this.user}:${this.password}`).toString('base64');
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Gitea: ${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  private get configFile(): string {
    return this.context.file('gitea', 'app.ini');
  }

  private async createUser(): Promise<void> {
    await run(this.context.part('gitea', 'gitea'), [
      ...['admin', 'user', 'create', '--config', this.configFile, '--admin'],
      ...['--username', this.user, '--password', this.password],
      ...['--email', `${this.user}@localhost.localdomain`, '--must-change-password=false'],
    ]);
  }
}

/** What Git puts into every new repository. */
const templateDir = (context: WorldContext) => context.folder('gitea', 'template');

function giteaConfig(context: WorldContext, url: string): string {
  return `APP_NAME = Waymark's world
RUN_MODE = prod
WORK_PATH = ${context.file('gitea')}
; In a network namespace with nobody else in it, the account does not matter.
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true

[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${context.ports.gitea}
ROOT_URL = ${url}/
OFFLINE_MODE = true
DISABLE_SSH = true
STATIC_ROOT_PATH = ${context.part('gitea')}

[database]
DB_TYPE = sqlite3
PATH = ${context.file('gitea', 'gitea.db')}

[security]
INSTALL_LOCK = true
SECRET_KEY = ${randomBytes(24).toString('hex')}

[service]
DISABLE_REGISTRATION = true

[webhook]
ALLOWED_HOST_LIST = loopback
; Argo CD hears of a push as soon as Gitea has it.
DELIVER_TIMEOUT = 5

[repository]
ROOT = ${context.file('gitea', 'repositories')}

[git.config]
init.templateDir = ${templateDir(context)}

[log]
MODE = console
LEVEL = warn
`;
}

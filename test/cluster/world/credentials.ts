import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dump } from 'js-yaml';

export interface User {
  /** The name that RBAC sees. */
  name: string;
  groups: string[];
  token: string;
}

export function newUser(name: string, groups: string[] = []): User {
  return { name, groups, token: randomBytes(24).toString('hex') };
}

/** The API server's token file: token,user,uid,"group,group" */
export function writeTokens(file: string, users: User[]): void {
  const lines = users.map(
    ({ token, name, groups }) => `${token},${name},${name},"${groups.join(',')}"`,
  );
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
}

export interface Kubeconfig {
  url: string;
  /** PEM */
  ca: string;
  user: User;
  namespace?: string;
}

export function writeKubeconfig(file: string, { url, ca, user, namespace }: Kubeconfig): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'world',
    clusters: [
      {
        name: 'world',
        cluster: {
          server: url,
          'certificate-authority-data': Buffer.from(ca).toString('base64'),
        },
      },
    ],
    users: [{ name: user.name, user: { token: user.token } }],
    contexts: [
      {
        name: 'world',
        context: { cluster: 'world', user: user.name, ...(namespace && { namespace }) },
      },
    ],
  };
  writeFileSync(file, dump(config), { mode: 0o600 });
}

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where each tool comes from when it is missing. */
const sources = {
  helm: 'go install helm.sh/helm/v3/cmd/helm@v3.22.0',
  git: 'apt-get install git',
  'redis-server': 'apt-get install redis-server',
  ip: 'apt-get install iproute2',
  flock: 'apt-get install util-linux',
  nsenter: 'apt-get install util-linux',
  setpriv: 'apt-get install util-linux',
  unshare: 'apt-get install util-linux',
};

export type Tool = keyof typeof sources;

/** Throws one line that names every missing tool and how to get it. */
export function requireTools(tools: Tool[], path = process.env.PATH ?? ''): void {
  const missing = tools.filter(
    tool => !path.split(delimiter).some(dir => isProgram(join(dir, tool))),
  );
  if (missing.length > 0) {
    const cures = missing.map(tool => `${tool} (${sources[tool]})`);
    throw new Error(
      `The outside world needs programs that are not on the PATH: ${cures.join(', ')}`,
    );
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

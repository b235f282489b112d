import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import type { KubeObject } from '../kubernetes/objects/KubeObject';
import { parseObject } from '../kubernetes/objects/parseObject';

/** A system that runs in the sandbox from the start. */
export interface Seed {
  readonly owner: string;
  readonly repository: string;
  readonly description: string;
  readonly namespace: string;
  readonly deployedMinutesAgo: number;
  readonly services: readonly { readonly name: string; readonly objects: readonly KubeObject[] }[];
  readonly faults: readonly SeedFault[];
}

export interface SeedFault {
  readonly workload: string;
  readonly fault: string;
  readonly minutesAgo: number;
  /** Argo CD calls the application Degraded over it. */
  readonly degrades?: boolean;
}

/** `seed/` of this package, wherever the code itself was bundled to. */
const folder = join(dirname(require.resolve('@waymark/sandbox/package.json')), 'seed');

/** Reads `seed/<name>.yaml` and the manifests beside it, `seed/<name>/<service>.yaml`. */
export function readSeed(name: string): Seed {
  const plan = load(readFileSync(join(folder, `${name}.yaml`), 'utf8')) as Omit<
    Seed,
    'services'
  > & { services: string[] };
  const services = plan.services.map(service => ({
    name: service,
    objects: loadAll(readFileSync(join(folder, name, `${service}.yaml`), 'utf8')).map(parseObject),
  }));
  return { ...plan, services };
}

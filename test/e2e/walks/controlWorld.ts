import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Behaviour, Behaviours } from '../../cluster/world/behaviour';
import type { CaseContext } from '../cases/Case';

const run = promisify(execFile);

/** The system that the form is given; its services share a namespace of its name. */
const namespace = 'robot-shop';

/** What the containers of a workload do for a fault of that name, as the sandbox calls it. */
const faults: Readonly<Record<string, Behaviour>> = {
  'crash-loop': { exitAfter: 0.2, exitCode: 1 },
};

/** Makes and mends faults in a real world that is running in this folder. */
export function controlWorld(dir: string): CaseContext['control'] {
  return async (action, workload, fault = '') => {
    const behaviours = new Behaviours(join(dir, 'control'));
    const pods = `${namespace}/${workload}-*`;
    if (action === 'break') {
      if (!faults[fault]) throw new Error(`the real world is not told how to make ${fault}`);
      behaviours.set(pods, faults[fault]);
      return;
    }
    behaviours.clear(pods);
    // New pods, because a container that crashed twice is trusted again only after ten minutes.
    await run(join(dir, 'bin', 'kubectl'), [
      ...['--kubeconfig', join(dir, 'admin.kubeconfig'), '--namespace', namespace],
      ...['delete', 'pods', '--selector', `app.kubernetes.io/name=${workload}`, '--wait=false'],
    ]);
  };
}

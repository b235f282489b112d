import type { ProbeHandler, Workload } from '@waymark/kube-graph';
import type { Gap } from '../engine';

/** Whether a command is there of which a live store kept the number of words alone. */
export const isWithheld = ({ exec }: ProbeHandler): boolean =>
  exec?.command?.length ? exec.command.every(word => word === '') : false;

export const commandGap = ({ kind }: Workload): Gap => ({
  kind,
  coverage: {
    state: 'missing',
    reason: 'not-listed',
    message: 'commands of probes and hooks are not kept',
  },
});

import type { Fault } from './Fault';

/** What `npm run sandbox -- break` can do. The first one is what a workload gets when none is named. */
export const faults: readonly Fault[] = [
  {
    name: 'crash-loop',
    description: 'every container exits with code 1 soon after its start',
    effect: {
      type: 'behaviour',
      behaviour: {
        exit: {
          // Before it listens: it was never ready since.
          after: 1,
          code: 1,
          reason: 'Error',
          log: ['{"level":"fatal","msg":"environment variable AMQP_HOST is required"}'],
          message: 'environment variable AMQP_HOST is required',
        },
      },
    },
  },
  {
    name: 'oom-killed',
    description: 'every container grows beyond its memory limit and is killed',
    effect: {
      type: 'behaviour',
      behaviour: { exit: { after: 20, code: 137, reason: 'OOMKilled', log: [] } },
    },
  },
  {
    name: 'bad-image',
    description: 'the registry no longer has the image, and the pods are replaced',
    effect: { type: 'behaviour', behaviour: { imageMissing: true }, restart: true },
  },
  {
    name: 'readiness-failing',
    description: 'the readiness probe is answered with 503',
    effect: {
      type: 'behaviour',
      behaviour: { answers: { readiness: 503, liveness: 200, startup: 200 } },
    },
  },
  {
    name: 'missing-config-key',
    description: 'a new revision asks for a key that its ConfigMap does not have',
    effect: { type: 'missing-key', variable: 'FEATURE_FLAGS', key: 'feature-flags' },
  },
  {
    name: 'unschedulable',
    description: 'a new revision asks for more CPU than any node has',
    effect: { type: 'requests', resource: 'cpu', amount: '64' },
  },
  {
    name: 'quota',
    description: 'a quota leaves no room for a pod that has to be replaced',
    effect: { type: 'quota', quota: 'sandbox-no-room' },
  },
  {
    name: 'hpa-at-max',
    description: 'load beyond what the autoscaler may scale to',
    effect: { type: 'load', timesTarget: 3.4 },
  },
  {
    name: 'node-not-ready',
    description: 'the node of its first pod stops reporting',
    effect: { type: 'lost-node' },
  },
];

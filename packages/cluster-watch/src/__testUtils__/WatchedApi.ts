import type { Change, Reads } from '@waymark/kube-graph';
import { HttpClusterApi } from '../api';
import { ManualClock } from '../clock';
import type { CredentialSource } from '../credentials';
import { ApiClusterWatch } from '../watch/ApiClusterWatch';
import type { ClusterState, KindState } from '../watch/ClusterWatch';
import { list, OpenWatch, ScriptedApi } from './ScriptedApi';

export const READS: Reads = {
  Pod: { fields: ['/status/phase'] },
  Service: { fields: ['/spec/selector'] },
};
export const NO_SECRET: CredentialSource = {
  get: async () => ({ bearerToken: 'valid' }),
  invalidate: () => undefined,
};
export const FORBIDDEN =
  'pods is forbidden: User "portal" cannot list resource "pods" in API group ""';

/** More turns of the event loop than anything between two timers needs. */
const TURNS = 25;
/** The step in which a test's time passes; delays are compared no finer. */
const STEP_MS = 100;

export const pod = (name: string, phase = 'Running', resourceVersion = '1') => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid: `uid-${name}`, resourceVersion, managedFields: [{}] },
  spec: { containers: [{ name: 'main', env: [{ name: 'PASSWORD', value: 'hunter2' }] }] },
  status: { phase },
});

/** A watch of a scripted cluster with two pods, in a time that passes only when told to. */
export class WatchedApi {
  readonly api = new ScriptedApi();
  readonly clock = new ManualClock('2026-11-21T10:00:00Z');
  readonly pods = new OpenWatch();
  readonly states: ClusterState[] = [];
  changes: Change[] = [];
  watch!: ApiClusterWatch;

  constructor() {
    this.api.on('list pods', list([pod('a'), pod('b')]));
    this.api.on('watch pods', this.pods.answer);
    this.api.on('list services', list([]));
    this.api.on('watch services', new OpenWatch().answer);
  }

  async start(reads = READS, credentials = NO_SECRET) {
    const { clock } = this;
    const target = { url: 'https://eu.example', tls: { skipVerify: false } };
    const api = new HttpClusterApi({ target, credentials, clock, fetch: this.api.fetch });
    this.watch = new ApiClusterWatch({ cluster: 'eu', api, reads, clock, random: () => 0.5 });
    this.watch.on('changes', changes => this.changes.push(...changes));
    this.watch.on('state', state => this.states.push(state));
    this.watch.start();
    await this.settle();
  }

  get podState(): KindState | undefined {
    return this.watch.state.kinds.Pod;
  }

  get isLive() {
    const { state, kinds } = this.watch.state;
    return state === 'live' && kinds.Pod?.state !== 'forbidden';
  }

  /** `upsert a`, and forgets them. */
  takeChanges() {
    const taken = this.changes.map(({ type, object }) => `${type} ${object.metadata.name}`);
    this.changes = [];
    return taken;
  }

  /** Lets everything happen that needs no time. */
  async settle() {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
  }

  async pass(ms: number, stepMs = STEP_MS) {
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.clock.advance(Math.min(stepMs, ms - passed));
      await this.settle();
    }
  }

  /** How many milliseconds passed until it was so. */
  async until(condition: () => boolean, atMostMs = 60_000): Promise<number> {
    const start = this.clock.now();
    while (!condition()) {
      if (this.clock.now() - start >= atMostMs)
        throw new Error(`not within ${atMostMs} ms: ${condition}`);
      await this.pass(STEP_MS);
    }
    return this.clock.now() - start;
  }
}

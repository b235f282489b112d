import { EventEmitter } from 'node:events';
import type { Change, Coverage } from '@waymark/kube-graph';
import type { ClusterState, ClusterWatch } from '@waymark/cluster-watch';

/** A watch whose changes and states a test writes. */
export class ScriptedWatch implements ClusterWatch {
  readonly store = { size: 0, objects: () => [], apply: () => [], retain: () => [] };
  readonly stop = jest.fn(async () => undefined);
  readonly start = jest.fn();
  readonly #events = new EventEmitter();
  readonly missing = new Map<string, Coverage>();
  state: ClusterState = { cluster: 'eu', state: 'listing', kinds: { Pod: { state: 'listing' } } };

  coverage(kind: string): Coverage {
    return this.missing.get(kind) ?? { state: 'complete' };
  }

  on(event: string, listener: (...args: never[]) => void) {
    this.#events.on(event, listener as () => void);
    return () => this.#events.off(event, listener as () => void);
  }

  change(...objects: object[]) {
    const changes = objects.map(object => ({ type: 'upsert', object }) as Change);
    this.#events.emit('changes', changes);
  }

  remove(object: object) {
    this.#events.emit('changes', [{ type: 'delete', object }]);
  }

  enter(state: Partial<ClusterState>) {
    this.state = { ...this.state, ...state };
    this.#events.emit('state', this.state);
  }
}

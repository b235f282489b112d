interface State {
  running: Promise<void>;
  next?: Promise<void>;
}

/**
 * Runs one task at a time for each key. Who asks during a run shares the one after it: the current one began before
 * the question and may have missed what the question is about.
 */
export class SharedRuns {
  private readonly states = new Map<string, State>();

  run(key: string, task: () => Promise<void>): Promise<void> {
    const state = this.states.get(key);
    if (!state) return this.start(key, task);
    state.next ??= state.running.catch(() => {}).then(() => this.start(key, task));
    return state.next;
  }

  private start(key: string, task: () => Promise<void>): Promise<void> {
    const state: State = { running: task() };
    this.states.set(key, state);
    const forget = () => {
      if (this.states.get(key) === state && !state.next) this.states.delete(key);
    };
    state.running.then(forget, forget);
    return state.running;
  }
}

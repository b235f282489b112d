import type { DeliverySource as SourceState } from '@waymark/backstage-plugin-argocd-delivery-common';

/** How a source does. Whoever listens hears of another state or another message: contact alone is no news. */
export class SourceStanding {
  #state: SourceState;
  #onChange: () => void = () => undefined;

  constructor(source: Pick<SourceState, 'name' | 'type'>) {
    this.#state = { ...source, state: 'connecting' };
  }

  get state(): SourceState {
    return this.#state;
  }

  listen(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Epoch milliseconds */
  contact(at: number) {
    this.#state = { ...this.#state, lastContact: new Date(at).toISOString() };
  }

  enter({ state, message }: Pick<SourceState, 'state' | 'message'>) {
    const { message: lastMessage, ...last } = this.#state;
    this.#state = { ...last, state, ...(message && { message }) };
    if (state !== last.state || message !== lastMessage) this.#onChange();
  }
}

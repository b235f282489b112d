/**
 * What one connection was told last of each application. An answer is as old as the moment in which the server read it,
 * and may come after newer events. It ends with its connection, for an API server restored from a backup counts anew.
 */
export class SeenVersions {
  readonly #versions = new Map<string, bigint>();
  #streamed = new Set<string>();

  /** The applications that the stream tells of from now on, until the next call: a list under way may not know them yet. */
  beginList(): ReadonlySet<string> {
    this.#streamed = new Set();
    return this.#streamed;
  }

  /** Whether an event of the stream is to be taken in. */
  takeEvent(id: string, version: bigint | undefined): boolean {
    this.#streamed.add(id);
    return this.#take(id, version);
  }

  takeDeletion(id: string) {
    this.#streamed.add(id);
    this.#versions.delete(id);
  }

  /** Whether an answer that was asked for since the list began is to be taken in: of two that cannot be told apart by age, the event stays. */
  takeAnswer(id: string, version: bigint | undefined): boolean {
    const comparable = this.#versions.has(id) && version !== undefined;
    if (this.#streamed.has(id) && !comparable) return false;
    return this.#take(id, version);
  }

  #take(id: string, version: bigint | undefined): boolean {
    const seen = this.#versions.get(id);
    if (seen !== undefined && version !== undefined && version < seen) return false;
    if (version === undefined) this.#versions.delete(id);
    else this.#versions.set(id, version);
    return true;
  }
}

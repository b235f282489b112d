import type { ObjectId } from '@waymark/kube-graph';

/** What has to be judged next, and what later without any change of an object. */
export class Agenda {
  readonly #touched = new Set<ObjectId>();
  readonly #rechecks = new Map<ObjectId, number>();
  #round: Iterator<ObjectId> = [].values();

  get size() {
    return this.#touched.size;
  }

  touch(subjects: Iterable<ObjectId>) {
    for (const subject of subjects) this.#touched.add(subject);
  }

  /** Epoch milliseconds at which the subject's verdict changes by the mere passing of time; undefined for never. */
  recheck(subject: ObjectId, at: number | undefined) {
    if (at === undefined) this.#rechecks.delete(subject);
    else this.#rechecks.set(subject, at);
  }

  touchDue(now: number) {
    for (const [subject, at] of this.#rechecks) {
      if (at <= now) this.touch([subject]);
    }
  }

  /** The next so many of all, so that calling it often comes round to each. */
  touchSome(count: number, all: () => Iterator<ObjectId>) {
    for (let index = 0; index < count; index += 1) {
      const next = this.#round.next();
      if (next.done) {
        this.#round = all();
        return;
      }
      this.touch([next.value]);
    }
  }

  take(count: number): ObjectId[] {
    const taken: ObjectId[] = [];
    for (const subject of this.#touched) {
      if (taken.length === count) break;
      taken.push(subject);
      this.#touched.delete(subject);
    }
    return taken;
  }
}

/** What the programs in TypeScript use of lock.mjs. */
export interface Lock {
  /** Keeps the lock for a child too, should this process be killed. */
  share(pid: number): void;
  release(): void;
  readonly heldBy?: undefined;
}

export function exclusively<T>(name: string, work: (lock: Lock) => T | Promise<T>): Promise<T>;
export function tryLock(name: string): Lock | { readonly heldBy: number };

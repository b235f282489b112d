import type { Count } from './Count';

export interface Suite {
  readonly name: string;
  /** What a person waits for, with the usual time. */
  readonly about: string;
  run(): Promise<Count>;
}

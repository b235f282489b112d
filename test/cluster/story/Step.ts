import type { Scene } from './Scene';

/** One thing that must come true. It throws when it does not, and may return what it measured. */
export interface Step {
  readonly name: string;
  /** Names of steps without which this one means nothing: if one of them failed, so has this one. */
  readonly needs?: readonly string[];
  run(scene: Scene): Promise<string | void>;
}

/** A reason for which a step cannot run on this machine; it is counted and shown. */
export class Skipped extends Error {}

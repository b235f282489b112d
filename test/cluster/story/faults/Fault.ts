import type { WireCause } from '@waymark/backstage-plugin-workload-health-common';
import type { World } from '../../world/world';
import type { Subject } from './Subject';

/** Something that breaks, how one sees that it did, and what the page must then say. */
export interface Fault {
  readonly name: string;
  /** Whom it befalls. */
  readonly subject: Subject;
  /** Breaks it. */
  make(world: World): Promise<void>;
  /** Whether the object that shows it has changed already. */
  shows(world: World): Promise<boolean | undefined>;
  /** The code of the cause. */
  readonly code: string;
  /** What the sentence must be. */
  readonly sentence: RegExp;
  mend(world: World): Promise<void>;
}

export type Cause = Pick<WireCause, 'code' | 'args'>;

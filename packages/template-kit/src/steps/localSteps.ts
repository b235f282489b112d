import { fetchPlain, fetchShared } from './fetchPlain';
import { fetchTemplate } from './fetchTemplate';
import type { LocalStep } from './LocalStep';
import { stamp } from './stamp';

/** The actions that write files, and can therefore be run without a portal. */
export const localSteps: Readonly<Record<string, LocalStep>> = {
  'fetch:template': fetchTemplate,
  'fetch:plain': fetchPlain,
  'waymark:fetch:shared': fetchShared,
  'waymark:stamp': stamp,
};

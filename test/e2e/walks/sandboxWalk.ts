import { cases } from '../cases';
import { controlSandbox } from './controlSandbox';
import type { Walk } from './Walk';

/** All cases, on what `npm start` brings up. */
export const sandboxWalk: Walk = {
  about: 'portal, sandbox and browser (20 to 60 s)',
  cases,
  args: [],
  variables: {},
  control: controlSandbox,
  prepare: async () => {},
};

import type { Step } from '../Step';
import { create } from './create';
import { existing } from './existing';
import { faults } from './faults';
import { outages } from './outages';
import { refusals } from './refusals';
import { release } from './release';
import { start } from './start';

/** In the order of the story: each goes on where the one before left the world. */
export const chapters: readonly Step[] = [
  ...start,
  ...create,
  ...release,
  ...faults,
  ...outages,
  ...refusals,
  ...existing,
];

import type { Case } from './Case';
import { createService } from './createService';
import { deliver } from './deliver';
import { findNoBarriers } from './findNoBarriers';
import { rejectBadNames } from './rejectBadNames';
import { useKeyboard } from './useKeyboard';
import { watchFaults } from './watchFaults';
import { lookAround } from './lookAround';

/** In this order: the later ones use the service that the earlier ones made. */
export const cases: readonly Case[] = [
  lookAround,
  rejectBadNames,
  createService,
  watchFaults,
  deliver,
  findNoBarriers,
  useKeyboard,
];

import type { ContractCase } from '../ContractCase';
import type { ArgoCdTarget } from './ArgoCdTarget';
import { Stage } from './Stage';

/** A case about one application, whose repository begins with these files. */
export const onStage = (
  name: string,
  files: Readonly<Record<string, string>>,
  play: (stage: Stage) => Promise<void>,
): ContractCase<ArgoCdTarget> => ({ name, run: target => Stage.open(target, files, play) });

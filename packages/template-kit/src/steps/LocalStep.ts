import type { Template } from '../template/Template';

export interface LocalStepInput {
  readonly template: Template;
  /** Folder that the steps write into. */
  readonly workspace: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A scaffolder action that needs nothing but the template's folder and the workspace. Returns what it adds to `steps.<id>.output`. */
export type LocalStep = (step: LocalStepInput) => Promise<Record<string, unknown> | void>;

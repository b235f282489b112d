import type { Case, CaseContext } from '../cases/Case';

/** Cases, and the outside world that they are walked on. */
export interface Walk extends Pick<CaseContext, 'faults' | 'neighbours'> {
  /** What a person waits for, with the usual time. */
  readonly about: string;
  readonly cases: readonly Case[];
  /** How `npm start` is called for it. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** What takes long or needs the network, before the portal starts. */
  prepare(): Promise<void>;
}

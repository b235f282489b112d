import type { Request } from 'autocannon';
import type { Backend } from '../backend/Backend';

/** How a tab asks a plugin for what it shows of one component. */
export interface Side {
  readonly pluginId: 'workload-health' | 'kubernetes';
  requestOf(service: string): ViewRequest;
  /** Resolves when the answers are those that a person would get long after the start. */
  settled(backend: Backend, token: string, services: readonly string[]): Promise<void>;
}

export interface ViewRequest extends Pick<Request, 'body'> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

export const componentRef = (service: string) => `component:default/${service}`;

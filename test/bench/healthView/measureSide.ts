import { Backend, type BackendOptions } from './backend/Backend';
import type { Clusters } from './cluster/Clusters';
import type { Load } from './load/fire';
import { fireForSeconds } from './load/fireForSeconds';
import { serviceNames } from './scenarios';
import type { Side } from './sides/Side';

export const CLIENTS = 10;

export interface SideNumbers {
  /** Requests to all clusters a view, heartbeats left out. */
  readonly requests: number;
  readonly clusterBytes: number;
  /** Milliseconds of the backend's processor a view, ten clients. */
  readonly cpuTime: number;
  readonly heartbeats: number;
  readonly bytes: number;
  readonly gzip: number;
  readonly oneClient: Load;
  readonly tenClients: Load;
}

export interface MeasureSideOptions extends Omit<BackendOptions, 'pluginId' | 'clusterUrls'> {
  readonly side: Side;
  readonly clusters: Clusters;
  /** More to measure while the backend is warm, by the same users. */
  readonly also?: (backend: Backend, tokens: readonly string[]) => Promise<void>;
}

/** Starts a backend, waits until it has settled, and looks at pages as one and as ten users. */
export async function measureSide({
  side,
  clusters,
  also,
  ...options
}: MeasureSideOptions): Promise<SideNumbers> {
  const services = serviceNames(options.scenario);
  const { pluginId } = side;
  const backend = await Backend.start({ ...options, pluginId, clusterUrls: clusters.urls });
  try {
    const names = Array.from({ length: CLIENTS }, (_, client) => `user-${client}`);
    const tokens = await Promise.all(names.map(name => backend.signIn(name)));
    await side.settled(backend, tokens[0], services);
    const requests = services.map(side.requestOf);
    const load = { url: backend.url, requests };
    const before = await clusters.countsOf(pluginId);
    const oneClient = await fireForSeconds({ ...load, tokens: tokens.slice(0, 1) });
    const cpuBefore = await backend.cpuTime();
    const tenClients = await fireForSeconds({ ...load, tokens });
    const cpuAfter = await backend.cpuTime();
    const after = await clusters.countsOf(pluginId);
    const raw = await backend.ask(requests[0], tokens[0]);
    const gzip = await backend.ask(requests[0], tokens[0], 'gzip');
    await also?.(backend, tokens);
    const views = oneClient.views + tenClients.views;
    return {
      requests: (after.lists + after.watches - before.lists - before.watches) / views,
      clusterBytes: (after.bytes - before.bytes) / views,
      cpuTime: (cpuAfter - cpuBefore) / tenClients.views,
      heartbeats: after.heartbeats - before.heartbeats,
      bytes: raw.body.length,
      gzip: gzip.body.length,
      oneClient,
      tenClients,
    };
  } finally {
    await backend.stop();
  }
}

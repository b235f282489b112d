import { quantiles } from '../quantiles';
import { Backend, type BackendOptions } from './backend/Backend';
import type { Clusters } from './cluster/Clusters';
import type { Load } from './load/fire';
import { fireForSeconds, warmUp } from './load/fireForSeconds';
import { serviceNames } from './scenarios';
import type { Side, ViewRequest } from './sides/Side';

export const CLIENTS = 10;

/** What one turn of load has shown of a side. */
interface Turn {
  /** Requests to all clusters a view, heartbeats left out. */
  readonly requests: number;
  readonly clusterBytes: number;
  readonly heartbeats: number;
  /** Milliseconds of the backend's processor a view, ten clients. */
  readonly cpuTime: number;
  readonly oneClient: Load;
  readonly tenClients: Load;
}

/** The medians of all turns; heartbeats are counted together. */
export interface SideNumbers extends Turn {
  readonly bytes: number;
  readonly gzip: number;
}

export interface ContenderOptions extends Omit<BackendOptions, 'pluginId' | 'clusterUrls'> {
  readonly side: Side;
  readonly clusters: Clusters;
}

/** A backend with one of the two plugins, settled and warm, and the users who look at its pages. */
export class Contender {
  readonly #turns: Turn[] = [];
  /** Views a second, when warm. */
  readonly #speeds = { one: 0, ten: 0 };

  private constructor(
    readonly backend: Backend,
    /** Of ten users. */
    readonly tokens: readonly string[],
    private readonly loneToken: string,
    private readonly requests: readonly ViewRequest[],
    private readonly clusters: Clusters,
    private readonly pluginId: Side['pluginId'],
  ) {}

  static async start({ side, clusters, ...options }: ContenderOptions): Promise<Contender> {
    const services = serviceNames(options.scenario);
    const { pluginId } = side;
    const backend = await Backend.start({ ...options, pluginId, clusterUrls: clusters.urls });
    try {
      // The one who looks alone is none of the ten: what a backend keeps for a user must not help there.
      const names = Array.from({ length: CLIENTS + 1 }, (_, client) => `user-${client}`);
      const [lone, ...ten] = await Promise.all(names.map(name => backend.signIn(name)));
      await side.settled(backend, lone, services);
      const requests = services.map(side.requestOf);
      const contender = new Contender(backend, ten, lone, requests, clusters, pluginId);
      await contender.#warmUp();
      return contender;
    } catch (error) {
      await backend.stop();
      throw error;
    }
  }

  stop = () => this.backend.stop();

  /** One client alone, then ten at once. */
  async takeTurn(): Promise<void> {
    const before = await this.clusters.countsOf(this.pluginId);
    const oneClient = await fireForSeconds(this.#loadOf([this.loneToken]), this.#speeds.one);
    const cpuBefore = await this.backend.cpuTime();
    const tenClients = await fireForSeconds(this.#loadOf(this.tokens), this.#speeds.ten);
    const cpuAfter = await this.backend.cpuTime();
    const after = await this.clusters.countsOf(this.pluginId);
    const views = oneClient.views + tenClients.views;
    this.#turns.push({
      requests: (after.lists + after.watches - before.lists - before.watches) / views,
      clusterBytes: (after.bytes - before.bytes) / views,
      heartbeats: after.heartbeats - before.heartbeats,
      cpuTime: (cpuAfter - cpuBefore) / tenClients.views,
      oneClient,
      tenClients,
    });
  }

  async numbers(): Promise<SideNumbers> {
    const [request] = this.requests;
    const raw = await this.backend.ask(request, this.loneToken);
    const gzip = await this.backend.ask(request, this.loneToken, 'gzip');
    const median = (of: (turn: Turn) => number) => quantiles(this.#turns.map(of)).median;
    const load = (of: (turn: Turn) => Load): Load => ({
      views: median(turn => of(turn).views),
      viewsPerSecond: median(turn => of(turn).viewsPerSecond),
      p50: median(turn => of(turn).p50),
      p95: median(turn => of(turn).p95),
    });
    return {
      requests: median(({ requests }) => requests),
      clusterBytes: median(({ clusterBytes }) => clusterBytes),
      heartbeats: this.#turns.reduce((total, { heartbeats }) => total + heartbeats, 0),
      cpuTime: median(({ cpuTime }) => cpuTime),
      oneClient: load(turn => turn.oneClient),
      tenClients: load(turn => turn.tenClients),
      bytes: raw.body.length,
      gzip: gzip.body.length,
    };
  }

  async #warmUp() {
    this.#speeds.one = await warmUp(this.#loadOf([this.loneToken]));
    this.#speeds.ten = await warmUp(this.#loadOf(this.tokens));
  }

  #loadOf(tokens: readonly string[]) {
    return { url: this.backend.url, requests: this.requests, tokens };
  }
}

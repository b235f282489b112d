import { readFile } from 'node:fs/promises';
import { Agent, type Dispatcher } from 'undici';
import type { ClusterCredentials } from '../credentials/ClusterCredentials';
import type { ClusterTarget } from '../targets/ClusterTarget';

/** A connection that is not made within this time will not be made: a black hole, not a slow network. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The connections of one cluster, with its own trust and identity. Made anew when the client certificate changes. */
export class ClusterAgent {
  readonly #tls: ClusterTarget['tls'];
  #agent?: { readonly dispatcher: Promise<Agent>; readonly cert?: string };

  constructor(tls: ClusterTarget['tls']) {
    this.#tls = tls;
  }

  dispatcherFor({ clientCertificate }: ClusterCredentials): Promise<Dispatcher> {
    if (!this.#agent || this.#agent.cert !== clientCertificate?.cert) {
      const previous = this.#agent?.dispatcher;
      // Requests under way keep the old identity until they end by themselves.
      previous?.then(agent => agent.close()).catch(() => undefined);
      const dispatcher = this.#create(clientCertificate);
      this.#agent = { dispatcher, cert: clientCertificate?.cert };
      dispatcher.catch(() => {
        if (this.#agent?.dispatcher === dispatcher) this.#agent = undefined;
      });
    }
    return this.#agent.dispatcher;
  }

  async #create(clientCertificate: ClusterCredentials['clientCertificate']) {
    const { caData, caFile, skipVerify } = this.#tls;
    const ca = caData
      ? Buffer.from(caData, 'base64').toString('utf8')
      : caFile && (await readFile(caFile, 'utf8'));
    return new Agent({
      // Every request has a limit of its own, on the injected clock; a watch is silent for minutes by nature.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: {
        timeout: CONNECT_TIMEOUT_MS,
        rejectUnauthorized: !skipVerify,
        ...(ca && { ca }),
        ...clientCertificate,
      },
    });
  }

  async close() {
    const agent = await this.#agent?.dispatcher.catch(() => undefined);
    this.#agent = undefined;
    await agent?.destroy();
  }
}

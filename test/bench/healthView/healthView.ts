import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Measure } from '../Bench';
import { Clusters } from './cluster/Clusters';
import { compareSides, measuresOfLoads, measuresOfStatuses } from './compareSides';
import { fireForSeconds, SECONDS } from './load/fireForSeconds';
import { CLIENTS, measureSide } from './measureSide';
import { measureStatuses } from './measureStatuses';
import { type Scenario, scenarios, serviceNames } from './scenarios';
import { entityRequest } from './sides/catalog';
import { stock } from './sides/stock';
import { waymark } from './sides/waymark';

/** So few that each user comes back to each within seconds. */
const REVISITED = 50;

/** What one look at the page of a service costs, by our backend and by the stock plugin's, on the same clusters. */
export const healthView: Bench = {
  name: 'health-view',
  about: 'page views beside the stock Kubernetes plugin on the same clusters (3 to 4 min)',
  async run() {
    const loadBefore = loadavg()[0];
    const measures: Measure[] = [];
    let heartbeats = 0;
    for (const scenario of scenarios) {
      const numbers = await runScenario(scenario);
      measures.push(...numbers.measures);
      heartbeats += numbers.heartbeats;
    }
    return {
      measures,
      conditions: {
        clients: `1, then ${CLIENTS}, each a user of its own, ${SECONDS} s each, answers uncompressed`,
        theirView: 'POST /services/<name> only; metrics.k8s.io asked in the second scenario',
        ourView: 'GET of the entity, once for card and tab, without If-None-Match',
        ourHeartbeats: `${heartbeats} GET /version meanwhile, one a cluster every 10 s`,
        database: 'SQLite in memory',
        loadAverageBefore: Number(loadBefore.toFixed(1)),
      },
    };
  },
};

async function runScenario(scenario: Scenario) {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-health-view-'));
  const clusters = await Clusters.start(scenario, join(folder, 'clusters.log'));
  const common = { scenario, clusters, folder };
  const services = serviceNames(scenario);
  const more: Measure[] = [];
  try {
    const theirs = await measureSide({ ...common, side: stock });
    const ours = await measureSide({
      ...common,
      side: waymark,
      also: async (backend, tokens) => {
        if (services.length === 1) return;
        const load = { url: backend.url, tokens };
        const requests = services.map(entityRequest);
        const entity = await fireForSeconds({ ...load, requests });
        const few = services.slice(0, REVISITED).map(waymark.requestOf);
        const again = await fireForSeconds({ ...load, requests: few });
        more.push(...measuresOfLoads(again, entity));
        more.push(...measuresOfStatuses(await measureStatuses(backend, tokens, services)));
      },
    });
    // Kept with its logs when something failed.
    rmSync(folder, { recursive: true, force: true });
    const measures = [...compareSides(scenario.name, ours, theirs), ...more];
    return { measures, heartbeats: ours.heartbeats };
  } finally {
    await clusters.stop();
  }
}

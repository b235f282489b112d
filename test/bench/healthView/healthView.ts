import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Measure } from '../Bench';
import { Clusters } from './cluster/Clusters';
import { compareSides, measuresOfLoads, measuresOfStatuses } from './compareSides';
import { CLIENTS, Contender } from './Contender';
import { fireForSeconds, SECONDS, warmUp } from './load/fireForSeconds';
import { measureStatuses } from './measureStatuses';
import { type Scenario, scenarios, serviceNames } from './scenarios';
import { entityRequest } from './sides/catalog';
import type { ViewRequest } from './sides/Side';
import { stock } from './sides/stock';
import { waymark } from './sides/waymark';

const TURNS = 3;

/** So few that each user comes back to each within seconds. */
const REVISITED = 50;

/** What one look at the page of a service costs, by our backend and by the stock plugin's, on the same clusters. */
export const healthView: Bench = {
  name: 'health-view',
  about: 'page views beside the stock Kubernetes plugin on the same clusters (4 to 8 min)',
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
        turns: `${TURNS} a side, in alternation, both backends up; medians`,
        clients: `1, then ${CLIENTS}, each a user of its own, ${SECONDS} s each, answers uncompressed`,
        theirView: 'POST /services/<name> only; metrics.k8s.io asked in the second scenario',
        ourView: 'GET of the entity, once for card and tab, without If-None-Match',
        ourHeartbeats: `${heartbeats} GET /version meanwhile, one a cluster every 10 s`,
        statuses: 'all healthy since much the same time, which gzip likes better than real ones',
        database: 'SQLite in memory',
        loadAverageBefore: Number(loadBefore.toFixed(1)),
      },
    };
  },
};

async function runScenario(scenario: Scenario) {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-health-view-'));
  const stops: (() => Promise<void>)[] = [];
  try {
    const clusters = await Clusters.start(scenario, join(folder, 'clusters.log'));
    stops.push(clusters.stop);
    const theirs = await Contender.start({ scenario, clusters, folder, side: stock });
    stops.push(theirs.stop);
    const ours = await Contender.start({ scenario, clusters, folder, side: waymark });
    stops.push(ours.stop);
    // In turns, so that a busy moment of the machine hits both.
    for (let turn = 0; turn < TURNS; turn += 1) {
      await theirs.takeTurn();
      await ours.takeTurn();
    }
    const numbers = await ours.numbers();
    const measures = compareSides(scenario.name, numbers, await theirs.numbers());
    if (scenario.services > 1) measures.push(...(await measureMany(ours, scenario)));
    // Kept with its logs when something failed.
    rmSync(folder, { recursive: true, force: true });
    return { measures, heartbeats: numbers.heartbeats };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** What only a catalog of many services can show, and only ours does. */
async function measureMany(
  { backend, tokens }: Contender,
  scenario: Scenario,
): Promise<readonly Measure[]> {
  const services = serviceNames(scenario);
  const fire = async (requests: readonly ViewRequest[]) => {
    const load = { url: backend.url, tokens, requests };
    return fireForSeconds(load, await warmUp(load));
  };
  const entity = await fire(services.map(entityRequest));
  const again = await fire(services.slice(0, REVISITED).map(waymark.requestOf));
  const statuses = await measureStatuses(backend, tokens, services);
  return [...measuresOfLoads(again, entity), ...measuresOfStatuses(statuses)];
}

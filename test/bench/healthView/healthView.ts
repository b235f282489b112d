import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Measure } from '../Bench';
import { Clusters } from './cluster/Clusters';
import { compareSides, measuresOfStatuses } from './compareSides';
import { SECONDS } from './load/fireForSeconds';
import { CLIENTS, measureSide, type SideNumbers } from './measureSide';
import { measureStatuses, type StatusesNumbers } from './measureStatuses';
import { type Scenario, scenarios, serviceNames } from './scenarios';
import { stock } from './sides/stock';
import { waymark } from './sides/waymark';

/** What one look at the page of a service costs, by our backend and by the stock plugin's, on the same clusters. */
export const healthView: Bench = {
  name: 'health-view',
  about: 'page views beside the stock Kubernetes plugin on the same clusters (about 3 min)',
  async run() {
    const loadBefore = loadavg()[0];
    const measures: Measure[] = [];
    let heartbeats = 0;
    let statuses: StatusesNumbers | undefined;
    for (const scenario of scenarios) {
      const { ours, theirs, ...more } = await runScenario(scenario);
      measures.push(...compareSides(scenario.name, ours, theirs));
      heartbeats += ours.heartbeats;
      statuses ??= more.statuses;
    }
    return {
      measures: [...measures, ...(statuses ? measuresOfStatuses(statuses) : [])],
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

interface ScenarioNumbers {
  readonly ours: SideNumbers;
  readonly theirs: SideNumbers;
  readonly statuses?: StatusesNumbers;
}

async function runScenario(scenario: Scenario): Promise<ScenarioNumbers> {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-health-view-'));
  const clusters = await Clusters.start(scenario, join(folder, 'clusters.log'));
  const common = { scenario, clusters, folder };
  const services = serviceNames(scenario);
  try {
    const theirs = await measureSide({ ...common, side: stock });
    let statuses: StatusesNumbers | undefined;
    const ours = await measureSide({
      ...common,
      side: waymark,
      also: async (backend, token) => {
        if (services.length > 1) statuses = await measureStatuses(backend, token, services);
      },
    });
    rmSync(folder, { recursive: true, force: true });
    return { ours, theirs, ...(statuses && { statuses }) };
  } finally {
    await clusters.stop();
  }
}

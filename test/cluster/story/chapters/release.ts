import assert from 'node:assert/strict';
import { firstSeen } from '../firstSeen';
import { startLoad } from '../load/startLoad';
import { argocdSource, clusterSource, saidBy } from '../portal/deliverySources';
import { startEventLog } from '../release/applicationEvents';
import { buildChange, PRICE_RISE_CENTS } from '../release/buildChange';
import { commitTag } from '../release/commitChange';
import { imageOf, namespace, service } from '../service/answers';
import { command } from '../service/buildService';
import type { Step } from '../Step';
import { serviceHealthy, serviceSynced } from './create';

/** What an open page may lag behind the world. */
export const MAX_DELAY_SECONDS = 3;

export const releasedTag = '0.2.0';

const newVersionBuilt =
  'the next version answers otherwise: pushed, and built from what was pushed';
export const newVersion = 'a new version rolls out under load without a failed request';

export const release: readonly Step[] = [
  {
    name: newVersionBuilt,
    needs: [serviceHealthy, serviceSynced],
    async run(scene) {
      const dir = await buildChange(scene);
      scene.world.behaviours.set(`${imageOf(service.name)}:${releasedTag}`, { command, dir });
    },
  },
  {
    name: newVersion,
    needs: [newVersionBuilt],
    async run({ world, gitea, portal, argocd }) {
      const load = startLoad(world.controlPlane.admin, {
        namespace,
        service: service.name,
        path: '/v1/quotes/ABC-1',
      });
      const events = startEventLog(argocd, service.application);
      try {
        const revision = await commitTag(gitea, service.name, releasedTag);
        const told = firstSeen('Argo CD tells of the new revision', async () =>
          events.firstOf(revision),
        );
        const delays = await Promise.all(
          [argocdSource, clusterSource].map(source => delayOf(portal, source, revision, told)),
        );
        await untilRolledOut(portal);
        const { answers, failures } = await load.stop();
        assert.deepEqual(failures, []);
        assert.ok(answers.length > 500, `only ${answers.length} requests were made`);
        return `${answers.length} requests, 0 failed, ${shareOf(answers)}; revision on the card after Argo CD's event: ${delays.join(', ')}`;
      } finally {
        events.stop();
        await load.stop();
      }
    },
  },
];

type Portal = Parameters<Step['run']>[0]['portal'];

/** How long after Argo CD told of it the card shows a revision of this source. */
async function delayOf(
  portal: Portal,
  source: string,
  revision: string,
  told: Promise<{ readonly answer: number }>,
): Promise<string> {
  const { at } = await firstSeen(
    `the card shows the new revision of ${source}`,
    async () => {
      const { application } = saidBy(source, await portal.deliveryOf(service.name));
      return application?.revisions[0]?.revision === revision;
    },
    { intervalMs: 100 },
  );
  const delay = (at - (await told).answer) / 1000;
  assert.ok(delay <= MAX_DELAY_SECONDS, `the card of ${source} was ${delay.toFixed(1)} s late`);
  return `${source} ${delay.toFixed(2)} s`;
}

/** The traffic saw the old version, then the new one, and in the end nothing else. */
function shareOf(answers: readonly string[]): string {
  const prices = answers.map(
    body => (JSON.parse(body) as { unitPriceCents: number }).unitPriceCents,
  );
  const [first, last] = [prices[0], prices[prices.length - 1]];
  assert.deepEqual([...new Set(prices)], [first, first + PRICE_RISE_CENTS]);
  assert.equal(last, first + PRICE_RISE_CENTS);
  const old = prices.filter(price => price === first).length;
  assert.ok(old > 50 && prices.length - old > 50, `${old} of ${prices.length} answers were old`);
  return `${old} answered by the old version and ${prices.length - old} by the new one`;
}

/** Healthy again, as the page says it, with the new image in all pods. */
async function untilRolledOut(portal: Portal): Promise<void> {
  await firstSeen(
    'the page says healthy with the new image everywhere',
    async () => {
      const { status, workloads } = await portal.healthOf(service.name);
      const [facts] = workloads.map(workload => workload.facts);
      const { updated, ready, total } = facts.replicas;
      return (
        status === 'healthy' &&
        facts.images.every(({ image }) => image.endsWith(`:${releasedTag}`)) &&
        [updated, ready, total].every(count => count === 2)
      );
    },
    { timeoutSeconds: 150, intervalMs: 500 },
  );
}

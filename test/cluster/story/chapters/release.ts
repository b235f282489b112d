import assert from 'node:assert/strict';
import { firstSeen } from '../firstSeen';
import { startLoad } from '../load/startLoad';
import { startEventLog } from '../release/applicationEvents';
import { commitValues } from '../release/commitValues';
import { namespace, service } from '../service/answers';
import type { Step } from '../Step';
import { serviceHealthy, serviceSynced } from './create';

/** What an open page may lag behind the world. */
export const MAX_DELAY_SECONDS = 3;

const tag = '0.2.0';

export const newVersion = 'a new version rolls out under load without a failed request';

export const release: readonly Step[] = [
  {
    name: newVersion,
    needs: [serviceHealthy, serviceSynced],
    async run({ world, gitea, portal, argocd }) {
      const load = startLoad(world.controlPlane.admin, {
        namespace,
        service: service.name,
        path: '/v1/quotes/ABC-1',
      });
      const events = startEventLog(argocd, service.application);
      try {
        const revision = await commitValues(gitea, service.name, text =>
          text.replace(/^( +tag:).*$/m, `$1 ${tag}`),
        );
        const [event, card] = await Promise.all([
          firstSeen('Argo CD tells of the new revision', async () => events.firstOf(revision)),
          firstSeen(
            'the card shows the new revision',
            async () => {
              const { applications } = await portal.deliveryOf(service.name);
              return applications[0]?.revisions[0]?.revision === revision;
            },
            { intervalMs: 100 },
          ),
        ]);
        const delay = (card.at - event.answer) / 1000;
        assert.ok(delay <= MAX_DELAY_SECONDS, `the card was ${delay.toFixed(1)} s late`);
        await untilRolledOut(portal);
        const { answered, failures } = await load.stop();
        assert.deepEqual(failures, []);
        assert.ok(answered > 500, `only ${answered} requests were made`);
        return `${answered} requests, 0 failed; revision on the card ${delay.toFixed(2)} s after Argo CD's event`;
      } finally {
        events.stop();
        await load.stop();
      }
    },
  },
];

type Portal = Parameters<Step['run']>[0]['portal'];

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
        facts.images.every(({ image }) => image.endsWith(`:${tag}`)) &&
        [updated, ready, total].every(count => count === 2)
      );
    },
    { timeoutSeconds: 150, intervalMs: 500 },
  );
}

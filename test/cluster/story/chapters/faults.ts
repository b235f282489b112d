import assert from 'node:assert/strict';
import { renderCause } from '@waymark/health';
import { drainBlocked, quotaExceeded, scalerAtMaximum } from '../faults/clusterFaults';
import type { Fault } from '../faults/Fault';
import { imageNotPushed } from '../faults/generatedFaults';
import { badImage, missingConfigMap, outOfMemory } from '../faults/podFaults';
import { courier, courierBehaviour, courierImage, courierObjects } from '../faults/courier';
import type { Subject } from '../faults/Subject';
import { delayBetween, firstSeen } from '../firstSeen';
import type { Scene } from '../Scene';
import type { Step } from '../Step';
import { MAX_DELAY_SECONDS, newVersion, releasedTag } from './release';
import { portalWatches } from './start';

const subjectRuns = 'a second service, which nobody heals, is healthy';

const asStep = (
  { name, subject, make, shows, code, sentence, mend }: Fault,
  needs: string,
): Step => ({
  name: `${name}: the page says so within ${MAX_DELAY_SECONDS} s`,
  needs: [needs],
  async run({ world, portal }) {
    try {
      const seen = Promise.all([
        firstSeen(`${name} shows in its object`, () => shows(world)),
        firstSeen(`the page names ${code}`, async () => {
          const [workload] = (await portal.healthOf(subject.name)).workloads;
          return workload.cause?.code === code && workload;
        }),
      ]);
      const [[change, shown]] = await Promise.all([seen, make(world)]);
      const said = renderCause(sentenceParts(shown.answer));
      assert.match(said, sentence);
      const delay = delayBetween(change, shown);
      assert.ok(delay <= MAX_DELAY_SECONDS, `${delay.toFixed(2)} s after the object changed`);
      return `${delay.toFixed(2)} s · ${said}`;
    } finally {
      await mend(world);
      await untilHealthy(portal, subject);
    }
  },
});

/** As the page renders it: the name of the workload and the share of its pods are arguments too. */
function sentenceParts({
  workload,
  cause,
}: Awaited<ReturnType<Scene['portal']['healthOf']>>['workloads'][number]) {
  assert.ok(cause);
  return {
    code: cause.code,
    args: { workload: workload.name, ...cause.affected, ...cause.args },
  };
}

async function untilHealthy(portal: Scene['portal'], { name, replicas }: Subject): Promise<void> {
  await firstSeen(
    `${name} is healthy`,
    async () => {
      const { status, workloads } = await portal.healthOf(name);
      const { ready, total, updated } = workloads[0].facts.replicas;
      return status === 'healthy' && [ready, total, updated].every(count => count === replicas);
    },
    { timeoutSeconds: 60, intervalMs: 250 },
  );
}

export const faults: readonly Step[] = [
  {
    name: subjectRuns,
    needs: [portalWatches],
    async run(scene) {
      scene.world.behaviours.set(courierImage, courierBehaviour);
      await scene.world.controlPlane.admin.applyAll(courierObjects());
      await untilHealthy(scene.portal, courier);
    },
  },
  ...[badImage, missingConfigMap, quotaExceeded, drainBlocked, scalerAtMaximum, outOfMemory].map(
    fault => asStep(fault, subjectRuns),
  ),
  asStep(imageNotPushed(releasedTag), newVersion),
];

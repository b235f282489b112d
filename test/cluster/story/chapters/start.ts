import assert from 'node:assert/strict';
import { join } from 'node:path';
import { policyRules, portalReads } from '../../../repo/documents/clusterRole';
import type { PolicyRule } from '../../world/portalUser';
import { startWorld } from '../../world/world';
import { firstSeen } from '../firstSeen';
import { Portal } from '../portal/Portal';
import { writeConfig } from '../portal/writeConfig';
import type { Step } from '../Step';
import { worldOptions } from '../worldOptions';

/** The rules of docs/cluster-role.yaml, and nothing more. */
export const portalRules = policyRules(portalReads) as unknown as PolicyRule[];

export const portalWatches = 'the portal watches the cluster with the generated role alone';

export const start: readonly Step[] = [
  {
    name: 'the real world starts',
    async run(scene) {
      const dir = join(scene.dir, 'world');
      scene.world = await startWorld({ ...worldOptions, dir, portalRules });
    },
  },
  {
    name: 'the portal starts, and a guest signs in',
    async run(scene) {
      const logFile = join(scene.world.dir, 'logs', 'portal.log');
      scene.portal = await Portal.start({ configs: await writeConfig(scene.world), logFile });
      return scene.portal.signIn();
    },
  },
  {
    name: portalWatches,
    async run({ portal }) {
      const { answer } = await firstSeen('the cluster is live', async () => {
        const { items } = await portal.ask<{ items: { state: string; forbidden: unknown[] }[] }>(
          'GET',
          '/workload-health/v1/clusters',
        );
        return items[0]?.state === 'live' && items[0];
      });
      assert.deepEqual(answer.forbidden, []);
    },
  },
  {
    name: 'the catalog has read the templates',
    async run({ portal }) {
      await firstSeen('the template can be used', () =>
        portal.ask('GET', '/catalog/entities/by-name/template/default/node-service'),
      );
    },
  },
];

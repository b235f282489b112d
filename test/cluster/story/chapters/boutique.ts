import assert from 'node:assert/strict';
import {
  boutiqueFile,
  boutiqueNamespace,
  boutiqueObjects,
  boutiqueServices,
} from '../boutique/boutique';
import { firstSeen } from '../firstSeen';
import { Skipped, type Step } from '../Step';
import { portalWatches } from './start';

export const boutique: readonly Step[] = [
  {
    name: 'a release that other people wrote: every page has its workloads',
    needs: [portalWatches],
    async run({ world, portal }) {
      const services = boutiqueServices();
      if (!services.length) throw new Skipped(`${boutiqueFile} is not there`);
      const { admin } = world.controlPlane;
      await admin.apply({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: boutiqueNamespace },
      });
      await admin.applyAll(
        boutiqueObjects().map(object => ({
          ...object,
          metadata: { ...object.metadata, namespace: boutiqueNamespace },
        })),
      );
      const told: Record<string, number> = {};
      for (const name of services) {
        const { answer } = await firstSeen(`the page of ${name} has workloads`, async () => {
          const health = await portal.healthOf(name);
          return health.workloads.length > 0 && health;
        });
        assert.equal(answer.workloads[0].workload.name, name);
        assert.ok(answer.status, `${name} has no status`);
        assert.ok(answer.readiness.total > 0, `${name} has no readiness result`);
        told[answer.status] = (told[answer.status] ?? 0) + 1;
      }
      const statuses = Object.entries(told).map(([status, count]) => `${count} ${status}`);
      return `${services.length} pages: ${statuses.join(', ')}`;
    },
  },
];

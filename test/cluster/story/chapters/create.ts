import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstSeen } from '../firstSeen';
import { argocdSource, clusterSource, saidBy } from '../portal/deliverySources';
import { createService } from '../portal/runTask';
import { answersFor, imageOf, service } from '../service/answers';
import { command, filesIn } from '../service/buildService';
import type { Step } from '../Step';
import { portalWatches } from './start';

const run = promisify(execFile);

export const serviceCreated =
  'the template makes a service: repository, application, catalog entry';
export const serviceHealthy = 'its page says healthy';
export const serviceSynced = 'its page says what Argo CD synced';

export const create: readonly Step[] = [
  {
    name: serviceCreated,
    needs: [portalWatches],
    async run({ portal, world, service: dir }) {
      world.behaviours.set(imageOf(service.name), { command, dir });
      const { status, log } = await createService(portal, answersFor(service.name));
      assert.equal(status, 'completed', log);
      await portal.ask('GET', `/catalog/entities/by-name/component/default/${service.name}`);
    },
  },
  {
    name: 'the repository holds the code that runs',
    needs: [serviceCreated],
    async run({ gitea, dir, service: built }) {
      const clone = join(dir, 'clone');
      await run('git', ['clone', '--quiet', gitea.cloneUrl(service.name), clone]);
      const sources = filesIn(join(clone, 'src')).map(file => join('src', file));
      for (const file of [...sources, 'package.json', 'package-lock.json']) {
        const [pushed, ran] = [clone, built].map(root => readFileSync(join(root, file), 'utf8'));
        assert.equal(pushed, ran, `${file} differs`);
      }
      return `${sources.length} source files`;
    },
  },
  {
    name: serviceHealthy,
    needs: [serviceCreated],
    async run({ portal }) {
      const { answer } = await firstSeen(
        'the service is healthy',
        async () => {
          const health = await portal.healthOf(service.name);
          const [workload] = health.workloads;
          return health.status === 'healthy' && workload?.facts.replicas.ready === 2 && health;
        },
        { timeoutSeconds: 120, intervalMs: 250 },
      );
      assert.equal(answer.workloads.length, 1);
      assert.equal(answer.workloads[0].workload.kind, 'Deployment');
      assert.equal(answer.workloads[0].cause, undefined);
      assert.deepEqual(answer.workloads[0].gaps, []);
    },
  },
  {
    name: serviceSynced,
    needs: [serviceCreated],
    async run({ portal, gitea }) {
      const { commit } = await gitea.api<{ commit: { id: string } }>(
        'GET',
        `/repos/${gitea.organisation}/${service.name}/branches/main`,
      );
      const { answer } = await firstSeen(
        'Argo CD says Synced and Healthy, by its API and by its objects',
        async () => {
          const delivery = await portal.deliveryOf(service.name);
          const said = [argocdSource, clusterSource].map(source => saidBy(source, delivery));
          return (
            said.every(
              ({ application }) =>
                application?.sync.status === 'Synced' && application.health.status === 'Healthy',
            ) && said
          );
        },
      );
      for (const { application } of answer) {
        assert.equal(application?.name, service.application);
        assert.equal(application?.revisions[0].revision, commit.id);
      }
      return `revision ${commit.id.slice(0, 7)}`;
    },
  },
  {
    name: 'its page shows a readiness result without an error',
    needs: [serviceHealthy],
    async run({ portal }) {
      const { readiness } = await portal.healthOf(service.name);
      assert.equal(readiness.gate, 'pass', JSON.stringify(readiness.findings));
      const passed = readiness.levels.reduce((sum, { pass }) => sum + pass, 0);
      assert.ok(passed > 20, `only ${passed} rules were decided`);
      return `${passed} passed, ${readiness.total} findings`;
    },
  },
];

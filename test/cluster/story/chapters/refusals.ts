import assert from 'node:assert/strict';
import { argocdNamespace } from '../../world/argocdObjects';
import { firstSeen } from '../firstSeen';
import {
  type BrokenTemplate,
  unrenderableChart,
  valuesAgainstSchema,
} from '../portal/brokenTemplates';
import { argocdSource, saidBy } from '../portal/deliverySources';
import type { Portal } from '../portal/Portal';
import { createService, retryTask } from '../portal/runTask';
import { answersFor, imageOf, service } from '../service/answers';
import { command } from '../service/buildService';
import type { Step } from '../Step';
import { serviceCreated, serviceHealthy } from './create';
import { portalRules, portalWatches } from './start';

const second = 'invoice';
const third = 'receipt';

const gateCloses = (fault: string, template: BrokenTemplate): Step => ({
  name: `${fault}: the task fails in the gate and names the place, and nothing has been created`,
  needs: [portalWatches],
  async run({ portal, gitea, world }) {
    const { name } = template;
    await firstSeen('the template can be used', () =>
      portal.ask('GET', `/catalog/entities/by-name/template/default/${name}`),
    );
    const { status, log } = await createService(portal, answersFor(name), name);
    assert.equal(status, 'failed', log);
    assert.match(log, template.message);
    const repository = `/repos/${gitea.organisation}/${name}`;
    await assert.rejects(gitea.api('GET', repository), /404/);
    const metadata = { name: `${name}-dev`, namespace: argocdNamespace };
    const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata };
    assert.equal(await world.controlPlane.admin.find(application), undefined);
    const entity = `/catalog/entities/by-name/component/default/${name}`;
    await assert.rejects(portal.ask('GET', entity), /404/);
    return template.message.exec(log)?.[0];
  },
});

export const refusals: readonly Step[] = [
  gateCloses('a chart that does not render', unrenderableChart),
  gateCloses('values against the schema of the chart', valuesAgainstSchema),
  {
    name: 'a name that is taken is refused with that reason',
    needs: [serviceCreated],
    async run({ portal, gitea }) {
      const { status, log } = await createService(portal, answersFor(service.name));
      assert.equal(status, 'failed', log);
      const message = `shop/${service.name} exists already at ${gitea.host}: choose another name`;
      assert.ok(log.includes(message), log);
      return message;
    },
  },
  {
    name: 'the Git host dies in the middle of the first push: the task names what is there, and a retry goes on to the end',
    needs: [serviceCreated],
    async run({ portal, gitea, world, service: dir }) {
      world.behaviours.set(imageOf(third), { command, dir });
      gitea.crashAtFirstPush();
      const broken = await createService(portal, answersFor(third));
      await gitea.daemon.start();
      assert.equal(broken.status, 'failed', broken.log);
      const message = `the repository ${gitea.url}/shop/${third}.git exists but is empty, because the push to it failed`;
      assert.ok(broken.log.includes(message), broken.log);
      await retryToTheEnd(portal, broken.id, third);
      return message;
    },
  },
  {
    name: 'Argo CD is down during the task: it says so, and a retry goes on to the end',
    needs: [serviceCreated],
    async run({ portal, argocd, world, service: dir }) {
      world.behaviours.set(imageOf(second), { command, dir });
      await argocd.kill();
      const broken = await createService(portal, answersFor(second));
      await argocd.restart();
      assert.equal(broken.status, 'failed', broken.log);
      const message = /Argo CD at [\d.:]+ does not answer \(\w+\): retry when it is back/;
      assert.match(broken.log, message);
      await retryToTheEnd(portal, broken.id, second);
      return message.exec(broken.log)?.[0];
    },
  },
  {
    name: 'pods may not be read: the page names kind and verb, and stays exact about the rest',
    needs: [serviceHealthy],
    async run({ world, portal }) {
      const { apiServer } = world.controlPlane;
      // A watch that is open goes on whatever the role says, so the server is started again.
      const restartWith = async (rules: typeof portalRules) => {
        await world.grantPortal(rules);
        await apiServer.kill();
        await apiServer.start();
      };
      await restartWith(portalRules.map(withoutPods));
      try {
        const { answer: told } = await firstSeen(
          // A server that was just started forbids everything until it has read its roles.
          'the page says that pods, and only they, are forbidden',
          async () => {
            const health = await portal.healthOf(service.name);
            const [cluster] = health.clusters;
            const kinds = cluster.forbidden.map(({ kind }) => kind).join();
            const judged = health.status === 'unknown' && cluster.state === 'live';
            return kinds === 'Pod' && judged && health;
          },
          { timeoutSeconds: 60, intervalMs: 250 },
        );
        const [{ verb, resource, message }] = told.clusters[0].forbidden;
        assert.equal(resource, 'pods');
        assert.ok(message.includes(`User "portal" cannot ${verb} resource "pods"`), message);
        const [{ facts }] = told.workloads;
        assert.deepEqual([facts.replicas.ready, facts.replicas.desired], [2, 2]);
        assert.equal(facts.services[0].readyEndpoints, 2);
        return message;
      } finally {
        await world.grantPortal(portalRules);
      }
    },
  },
  {
    name: 'pods may be read again: the page is healthy without a restart of the portal',
    needs: [serviceHealthy],
    async run({ portal }) {
      await firstSeen(
        'nothing is forbidden any more',
        async () => {
          const { status, clusters } = await portal.healthOf(service.name);
          return status === 'healthy' && clusters[0].forbidden.length === 0;
        },
        { timeoutSeconds: 60, intervalMs: 250 },
      );
    },
  },
];

/** Presses Retry on a task that failed half-way, and waits until its service runs. */
async function retryToTheEnd(portal: Portal, id: string, name: string): Promise<void> {
  const mended = await retryTask(portal, id);
  assert.equal(mended.status, 'completed', mended.log);
  await firstSeen(
    `${name} is healthy and synced`,
    async () => {
      const { application } = saidBy(argocdSource, await portal.deliveryOf(name));
      const { status } = await portal.healthOf(name);
      return status === 'healthy' && application?.sync.status === 'Synced';
    },
    { timeoutSeconds: 90, intervalMs: 250 },
  );
}

function withoutPods(rule: (typeof portalRules)[number]) {
  return { ...rule, resources: rule.resources?.filter(resource => resource !== 'pods') };
}

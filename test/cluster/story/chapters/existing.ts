import assert from 'node:assert/strict';
import { boutique } from '../existing/boutique';
import { type CheckReport, checkSystem } from '../existing/checkSystem';
import type { ExistingSystem } from '../existing/ExistingSystem';
import { pagesOf, readSystem, type WorkloadPage } from '../existing/readSystem';
import { robotShop } from '../existing/robotShop';
import { firstSeen } from '../firstSeen';
import type { Portal } from '../portal/Portal';
import { Skipped, type Step } from '../Step';
import { portalWatches } from './start';

const taken = ({ title }: ExistingSystem) => `${title}: the API server takes its manifests`;

const take = (system: ExistingSystem): Step => ({
  name: taken(system),
  async run({ world }) {
    const objects = await manifestsOf(system);
    const { admin } = world.controlPlane;
    await system.prepare(world);
    await admin.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: system.namespace },
    });
    await admin.applyAll(objects);
    return `${objects.length} objects`;
  },
});

const judge = (system: ExistingSystem): Step => ({
  name: `${system.title}: every page is healthy, and finds what waymark check finds in the manifests`,
  needs: [portalWatches, taken(system)],
  async run({ portal }) {
    const pages = pagesOf(await manifestsOf(system));
    const { exitCode, report } = checkSystem(system);
    assert.equal(exitCode, report.gate === 'fail' ? 1 : 0);
    assert.equal(report.counts.unknown, 0, 'with all manifests at hand, all can be decided');
    for (const page of pages) await judgePage(portal, page, report);
    const names = new Set(pages.map(({ name }) => name));
    const elsewhere = report.findings.filter(({ subject }) => !names.has(subject.name));
    assert.deepEqual(elsewhere, [], 'no page shows these');
    const { error, warning, pass } = report.counts;
    return `${pages.length} pages; gate ${report.gate}, ${error} errors, ${warning} warnings, ${pass} passed`;
  },
});

async function judgePage(portal: Portal, { kind, name }: WorkloadPage, report: CheckReport) {
  const { answer: health } = await firstSeen(
    `the page of ${name} says healthy`,
    async () => {
      const now = await portal.healthOf(name, kind);
      return now.status === 'healthy' && now;
    },
    { timeoutSeconds: 120, intervalMs: 250 },
  );
  const [{ workload, gaps }, ...others] = health.workloads;
  assert.deepEqual([workload.name, gaps, others], [name, [], []]);
  const { findings, undecided } = health.readiness;
  // The live store keeps no values of environment variables; the page names the rules that would need them.
  const open = new Set(undecided.map(({ rule }) => rule));
  const checked = report.findings.filter(
    ({ rule, subject }) => subject.name === name && !open.has(rule),
  );
  assert.deepEqual(findings.map(keyOf).sort(), checked.map(keyOf).sort(), `readiness of ${name}`);
  const { applications } = await portal.deliveryOf(name, kind);
  assert.deepEqual(applications, [], `Argo CD has nothing to do with ${name}`);
}

const keyOf = ({ rule, code, subject }: CheckReport['findings'][number]) =>
  `${rule} ${code} ${subject.kind}/${subject.name}`;

async function manifestsOf(system: ExistingSystem) {
  const objects = await readSystem(system);
  if (!objects.length) throw new Skipped(`${system.path} is not there`);
  return objects;
}

const systems: readonly ExistingSystem[] = [boutique, robotShop];

/** All are started before the first is judged, for they take their time. */
export const existing: readonly Step[] = [...systems.map(take), ...systems.map(judge)];

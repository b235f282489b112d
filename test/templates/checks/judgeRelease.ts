import assert from 'node:assert/strict';
import { renderFinding, rules } from '@waymark/readiness';
import { judgeRelease, parseManifests } from '@waymark/template-kit';
import type { Environment, Rendered } from '../TemplateCase';

/** The kinds are those that the case expects, and no more. */
export function assertKinds({ testCase, manifests }: Rendered, environment: Environment): void {
  const kinds: Record<string, number> = {};
  for (const { kind } of parseManifests(manifests[environment], 'release').objects)
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  assert.deepEqual(kinds, testCase.expect[environment]);
}

/** Grafana takes no identifier of more than 40 characters (https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/). */
const LONGEST_UID = 40;

/** Every dashboard is one that Grafana's sidecar can import. */
export function assertDashboards({ manifests }: Rendered, environment: Environment): void {
  const { objects } = parseManifests(manifests[environment], 'release');
  const dashboards = objects.filter(({ metadata }) => metadata?.labels?.grafana_dashboard);
  for (const { data } of dashboards as { data?: Record<string, string> }[]) {
    for (const [file, text] of Object.entries(data!)) {
      const { uid } = JSON.parse(text) as { uid: string };
      assert(uid.length <= LONGEST_UID, `${file}: uid ${uid} has ${uid.length} characters`);
    }
  }
}

/** No error and no warning by any rule; what is exempted is exactly what the case says. */
export function assertReady(
  { testCase, manifests, namespace }: Rendered,
  environment: Environment,
): string {
  const { objects } = parseManifests(manifests[environment], 'release');
  const report = judgeRelease({ objects, namespace, closed: true, now: new Date() });
  const findings = report.results.flatMap(result =>
    result.findings.map(finding => ({ ...finding, exemption: result.exemption })),
  );
  const exempted = findings.filter(({ exemption }) => exemption?.state === 'active');
  assert.deepEqual(
    exempted.map(({ rule }) => rule),
    testCase.expect.exempted?.[environment] ?? [],
  );
  const bad = findings.filter(
    finding => !exempted.includes(finding) && finding.severity !== 'advice',
  );
  const sentences = bad.map(
    finding =>
      `${finding.rule}: ${renderFinding(
        finding,
        rules.find(({ id }) => id === finding.rule)!,
      )}`,
  );
  assert.deepEqual(sentences, []);
  assert.equal(report.gate, 'pass');
  const passes = report.results.filter(({ verdict }) => verdict === 'pass').length;
  const unknown = report.results.filter(({ verdict }) => verdict === 'unknown').length;
  return `${objects.length} objects, ${passes} verdicts pass, ${findings.length} findings${exempted.length ? ' (exempted)' : ''}, ${unknown} unknown`;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph, type KubeObject, type Pod, refOf } from '@waymark/kube-graph';
import { JSON_SCHEMA, load, loadAll } from 'js-yaml';
import { judge, type Status, type Subject, SUBJECT_KINDS } from '..';

type Theirs = 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended';

interface Ledger {
  verdicts: Record<string, Theirs>;
  differences: { case: string; theirs: Theirs; ours: Status; reason: string }[];
}

interface Given {
  name: string;
  theirs: Theirs;
  objects: KubeObject[];
}

const corpora = process.env.WAYMARK_CORPORA ?? join(__dirname, '../../../../../shared/corpora');
const root = join(corpora, 'argocd-health');
const ledger = load(readFileSync(join(__dirname, 'argocd-ledger.yaml'), 'utf8')) as Ledger;

const read = (file: string) =>
  // Their files repeat keys, and the last one counts.
  (
    loadAll(readFileSync(file, 'utf8'), undefined, {
      schema: JSON_SCHEMA,
      json: true,
    }) as KubeObject[]
  ).filter(object => object?.metadata && object.kind);

/** gitops-engine names the verdict in the file name, or in its tests. */
function engineCases(): Given[] {
  const folder = join(root, 'gitops-engine/pkg/health/testdata');
  return readdirSync(folder).map(name => {
    const [, word] = /(healthy|progressing|degraded|suspended)/.exec(name) ?? [];
    const named = word && ((word[0].toUpperCase() + word.slice(1)) as Theirs);
    return { name, theirs: ledger.verdicts[name] ?? named, objects: read(join(folder, name)) };
  });
}

/** Customisations say it in a file beside them. */
function customCases(): Given[] {
  return ['batch/CronJob', 'policy/PodDisruptionBudget'].flatMap(kind => {
    const folder = join(root, 'resource_customizations', kind);
    const { tests } = load(readFileSync(join(folder, 'health_test.yaml'), 'utf8')) as {
      tests: { inputPath: string; healthStatus: { status: Theirs } }[];
    };
    return tests.map(({ inputPath, healthStatus }) => ({
      name: `${kind} ${inputPath.replace('testdata/', '')}`,
      theirs: healthStatus.status,
      objects: read(join(folder, inputPath)),
    }));
  });
}

const OURS: Readonly<Record<Status, Theirs | 'Unknown'>> = {
  healthy: 'Healthy',
  suspended: 'Suspended',
  progressing: 'Progressing',
  unknown: 'Unknown',
  degraded: 'Degraded',
  down: 'Degraded',
};

/**
 * Argo CD looks at one object, at no time. So the rest of the cluster is taken for well, and five minutes have passed
 * since the last change; for a schedule less than a minute, for there the time that passes is itself evidence.
 */
function ours({ objects }: Given): Status | undefined {
  const [subject] = objects;
  if (!subject) return undefined;
  const graph = buildGraph([...objects, ...objects.flatMap(surroundings)]);
  const found = graph.find(refOf(subject));
  if (!found || !(SUBJECT_KINDS as readonly string[]).includes(found.kind)) return undefined;
  if (found.apiVersion.includes('knative')) return undefined;
  const { annotations, ...metadata } = found.metadata;
  const times =
    JSON.stringify({ ...found, metadata }).match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g) ?? [];
  const last = Math.max(...times.map(time => Date.parse(time)), 0);
  const passed = found.kind === 'CronJob' ? 30_000 : 300_000;
  return judge(found as Subject, graph, new Date(last + passed)).status;
}

/** The node of a pod, ready; the endpoints of a Service, serving. */
function surroundings(object: KubeObject): KubeObject[] {
  if (object.kind === 'Service') {
    const { name, namespace } = object.metadata;
    const labels = { 'kubernetes.io/service-name': name };
    const endpoints = [{ addresses: ['10.0.0.1'], conditions: { serving: true } }];
    return [
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name, namespace, labels },
        endpoints,
      } as KubeObject,
    ];
  }
  const name = (object as Pod).spec?.nodeName;
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  return name ? [{ apiVersion: 'v1', kind: 'Node', metadata: { name }, status } as KubeObject] : [];
}

const present = existsSync(root);

(present ? describe : describe.skip)(
  present ? 'agreement with Argo CD' : `agreement with Argo CD (skipped: no corpus at ${root})`,
  () => {
    it('differs only where the ledger says why', () => {
      const judged = [...engineCases(), ...customCases()].flatMap(given => {
        const status = ours(given);
        return status ? [{ case: given.name, theirs: given.theirs, ours: status }] : [];
      });
      const differing = judged.filter(({ theirs, ours: status }) => OURS[status] !== theirs);
      process.stdout.write(
        `health: agrees with Argo CD on ${judged.length - differing.length} of ${judged.length} objects, ` +
          `${differing.length} differences explained\n`,
      );
      expect(differing).toEqual(ledger.differences.map(({ reason, ...difference }) => difference));
      expect(ledger.differences.filter(({ reason }) => !reason)).toEqual([]);
      expect(judged.length).toBeGreaterThan(40);
    });
  },
);

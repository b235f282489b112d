import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ControlPlane } from './controlPlane';
import { Daemon } from './daemon';
import { KubeObject } from './kubeApi';
import { nodePlaces } from './nodes';
import { WorldContext } from './worldContext';

/** Keeps pods for the kubelets away from nodes on which nothing runs. */
const taint = { key: 'kwok.x-k8s.io/node', value: 'fake', effect: 'NoSchedule' };

const stageFolders = ['node/fast', 'node/heartbeat-with-lease', 'pod/general'];

/** Nodes on which pods only walk through their conditions: for numbers, not for truth. */
export async function startKwok(
  context: WorldContext,
  controlPlane: ControlPlane,
  nodes: number,
): Promise<Daemon> {
  const stages = context.file('stages.yaml');
  writeFileSync(stages, joinStages(context));
  const kwok = context.daemon({
    name: 'kwok',
    command: context.part('control-plane', 'control-plane'),
    args: [
      ...['kwok', '--kubeconfig', context.file('admin.kubeconfig'), '--config', stages],
      ...['--manage-nodes-with-annotation-selector', 'kwok.x-k8s.io/node=fake'],
      ...['--cidr', '10.128.0.0/16', '--node-lease-duration-seconds', '40'],
    ],
    ready: async () => (await readyNodes(controlPlane)) === nodes,
  });
  await Promise.all(fakeNodes(nodes).map(node => controlPlane.admin.apply(node)));
  await kwok.start();
  return kwok;
}

function joinStages(context: WorldContext): string {
  return stageFolders
    .map(folder => context.part('control-plane', 'stages', folder))
    .flatMap(dir =>
      readdirSync(dir)
        .filter(name => name.endsWith('.yaml') && name !== 'kustomization.yaml')
        .map(name => readFileSync(`${dir}/${name}`, 'utf8')),
    )
    .join('\n---\n');
}

function fakeNodes(count: number): KubeObject[] {
  return nodePlaces(count).map(({ labels }, index) => {
    const name = `kwok-${index + 1}`;
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: { ...labels, 'kubernetes.io/hostname': name, type: 'kwok' },
        annotations: { 'kwok.x-k8s.io/node': 'fake' },
      },
      spec: { taints: [taint] },
    };
  });
}

interface Node extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] };
}

async function readyNodes({ admin }: ControlPlane): Promise<number> {
  const nodes = await admin.list<Node>('v1', 'Node', { labelSelector: 'type=kwok' });
  return nodes.filter(({ status }) =>
    status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
  ).length;
}

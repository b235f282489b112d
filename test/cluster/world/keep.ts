import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from 'js-yaml';
import { root } from '../../suites/runProgram';
import { buildWorld } from './build';
import { forwardThrough, openDoors } from './forwarding';
import { insideNamespace, rerunInNamespace } from './namespace';
import { writePortalConfig } from './portalConfig';
import { PolicyRule } from './portalUser';
import { freePorts, Ports } from './ports';
import { partsOf, startWorld, World } from './world';

/** How the program outside tells the one inside which ports it forwards. */
const portsVariable = 'WAYMARK_WORLD_PORTS';

const usage = `Keeps the real outside world up until Ctrl-C.
  --dir <folder>          its data, logs and credentials (${join(tmpdir(), 'waymark-world')})
  --nodes <n>             nodes whose containers are processes (3)
  --kwok-nodes <n>        nodes whose pods only walk through their conditions (0)
  --portal-role <file>    ClusterRole of the portal's user (docs/cluster-role.yaml)`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string', default: join(tmpdir(), 'waymark-world') },
      nodes: { type: 'string', default: '3' },
      'kwok-nodes': { type: 'string', default: '0' },
      'portal-role': { type: 'string', default: join(root, 'docs/cluster-role.yaml') },
      help: { type: 'boolean', default: false },
    },
  });
  const caller = process.env.INIT_CWD ?? process.cwd();
  return {
    help: values.help,
    dir: resolve(caller, values.dir),
    nodes: Number(values.nodes),
    kwokNodes: Number(values['kwok-nodes']),
    portalRole: resolve(caller, values['portal-role']),
    argocd: true,
    gitea: true,
  };
}

type Options = ReturnType<typeof readOptions>;

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    console.log(usage);
    return 0;
  }
  return insideNamespace() ? keepInside(options) : keepOutside(options);
}

async function keepOutside(options: Options): Promise<number> {
  await buildWorld(partsOf(options));
  const ports = await freePorts();
  await forwardThrough(options.dir, ports);
  return rerunInNamespace({ [portsVariable]: JSON.stringify(ports) });
}

async function keepInside(options: Options): Promise<number> {
  const ended = new Promise<void>(done => process.once('SIGINT', done).once('SIGTERM', done));
  const ports: Ports = JSON.parse(process.env[portsVariable] ?? 'null');
  const role = load(readFileSync(options.portalRole, 'utf8')) as { rules: PolicyRule[] };
  const starting = startWorld({
    ...{ ...options, ports, portalRules: role.rules },
    log: line => console.log(`waymark world: ${line}`),
  });
  const world = await Promise.race([starting, ended]);
  if (!world) return 130;
  await openDoors(world.dir, ports);
  const handle = writeHandle(world);
  console.log(describe(world));
  await ended;
  rmSync(handle);
  await world.stop();
  return 0;
}

/** world.json appears when everything is up, for programs that wait for it. */
function writeHandle(world: World): string {
  const file = join(world.dir, 'world.json');
  const config = writePortalConfig(world, join(world.dir, 'world.local.yaml'));
  writeFileSync(file, JSON.stringify({ config, kubeconfig: adminKubeconfig(world) }));
  return file;
}

const adminKubeconfig = (world: World) => join(world.dir, 'admin.kubeconfig');

function describe(world: World): string {
  const { controlPlane, argocd, gitea } = world;
  return `
The world is up.
  Kubernetes   ${controlPlane.url}
               export KUBECONFIG=${adminKubeconfig(world)}
               ${controlPlane.kubectl} get nodes
  Argo CD      ${argocd?.url} (API only)   admin / ${argocd?.adminPassword}
  Gitea        ${gitea?.url}/${gitea?.organisation}   ${gitea?.user} / ${gitea?.password}
  Portal       npm start -- --config ${join(world.dir, 'world.local.yaml')}
  Containers   ${join(world.dir, 'control', 'behaviour.json')} says what each one does
  Logs         ${join(world.dir, 'logs')}
Ctrl-C takes it down.
`;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(`waymark world: ${error.message}`);
    process.exit(1);
  },
);

import type { ControlPlane } from '../world/controlPlane';
import { innerPorts } from '../world/ports';

/** Compacts etcd at its newest revision and starts the API server anew, whose cache begins there. */
export async function forgetHistory({ apiServer }: ControlPlane): Promise<void> {
  await apiServer.kill();
  const { header } = (await callEtcd('maintenance/status', {})) as { header: { revision: string } };
  await callEtcd('kv/compaction', { revision: header.revision, physical: true });
  await apiServer.start();
}

/** Etcd's own gateway from JSON to gRPC: https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/ */
async function callEtcd(method: string, body: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${innerPorts.etcd}/v3/${method}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`etcd refused ${method}: ${answer}`);
  return JSON.parse(answer);
}

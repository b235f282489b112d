import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scenarioNamed } from '../scenarios';
import { CountingApi } from './CountingApi';
import { ServedObjects } from './ServedObjects';

const KEEP_ALIVE_MS = 120_000;

/** The clusters of a scenario in a process of their own: each a port, with objects of its own. */
async function serve() {
  const scenario = scenarioNamed(process.argv[2]);
  const api = new CountingApi();
  const urls: string[] = [];
  for (let cluster = 0; cluster < scenario.clusters; cluster += 1) {
    const objects = ServedObjects.of(scenario, cluster);
    const server = createServer((request, response) => api.handle(request, response, objects));
    // Node hangs up after 5 s of silence, an API server does not.
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    urls.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  process.on('message', (client: string) => tell(api.countsOf(client)));
  process.on('disconnect', () => process.exit());
  tell(urls);
}

const tell = (answer: unknown) => process.send!({ answer });

serve().catch(error => {
  console.error(error);
  process.exit(1);
});

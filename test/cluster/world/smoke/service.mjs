// A service as a pod of the smoke test: it shows what its container can see.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const read = path => readFileSync(path, 'utf8').trim();

const answers = {
  '/livez': () => 'alive',
  '/readyz': () => 'ready',
  '/seen': () =>
    JSON.stringify({
      config: read('/etc/smoke/greeting'),
      secret: read('/mnt/secrets/database'),
      token: read('/var/run/secrets/kubernetes.io/serviceaccount/token').split('.').length,
      variable: process.env.GREETING,
      pod: process.env.HOSTNAME ?? '',
    }),
};

const hoard = [];
const server = createServer((request, response) => {
  if (request.url === '/hoard') {
    hoard.push(Buffer.alloc(256 * 1024 * 1024, 1));
    response.end(String(hoard.length));
    return;
  }
  const answer = answers[request.url];
  response.writeHead(answer ? 200 : 404);
  response.end(answer?.());
});
server.listen(8080, process.env.HOST, () => console.log('listening'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));

// The second negative control: on SIGTERM it fails liveness instead of readiness, so that it would be restarted while it
// drains, and it never ends.
import { createServer } from 'node:http';

const { HOST, PORT, MANAGEMENT_PORT } = process.env;
let draining = false;
createServer((_request, response) => response.end('{}')).listen(Number(PORT), HOST);
createServer((request, response) => {
  response.writeHead(draining && request.url === '/livez' ? 503 : 200).end();
}).listen(Number(MANAGEMENT_PORT), HOST);
process.on('SIGTERM', () => {
  draining = true;
  setTimeout(() => process.exit(1), 1500);
});

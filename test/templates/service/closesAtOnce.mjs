// The negative control: a service as many are. It ends on SIGTERM without finishing anything.
import { createServer } from 'node:http';

const { HOST, PORT, MANAGEMENT_PORT } = process.env;
const answer = (_request, response) => setTimeout(() => response.end('{}'), 5);
createServer(answer).listen(Number(PORT), HOST);
createServer((_request, response) => response.end()).listen(Number(MANAGEMENT_PORT), HOST);
process.on('SIGTERM', () => process.exit(0));

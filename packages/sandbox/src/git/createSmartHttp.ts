import type { Request, Response, Router } from 'express';
import createRouter from 'express-promise-router';
import type { Credentials } from './Credentials';
import { httpBackend } from './httpBackend';
import type { RepositoryStore } from './RepositoryStore';

/**
 * Clone, fetch and push over HTTP: `git http-backend` speaks the protocol, we decide who may. Answers to those who
 * may not are Gitea's.
 */
export function createSmartHttp(store: RepositoryStore, credentials: Credentials): Router {
  const router = createRouter();
  router.all('/:owner/:repo/info/refs', (request, response) => {
    const service = request.query.service;
    if (service !== 'git-upload-pack' && service !== 'git-receive-pack') {
      response.status(400).type('text').send('Only the smart protocol is spoken here.\n');
      return undefined;
    }
    return serve(request, response, service);
  });
  router.post('/:owner/:repo/:service(git-upload-pack|git-receive-pack)', (request, response) =>
    serve(request, response, request.params.service),
  );
  return router;

  async function serve(request: Request, response: Response, service: string): Promise<void> {
    const writes = service === 'git-receive-pack';
    const caller = credentials.callerOf(request.get('authorization'));
    const repository = store.get(request.params.owner, request.params.repo.replace(/\.git$/, ''));
    if (caller === 'refused') return challenge(response, 'Failed to authenticate user');
    if (caller === 'anonymous' && (writes || !repository || repository.record.private)) {
      return challenge(response, 'Unauthorized');
    }
    if (!repository) {
      const [status, text] = writes
        ? [403, 'Push to create is not enabled for organizations.']
        : [404, 'Repository not found'];
      response.status(Number(status)).type('text').send(`${text}\n`);
      return undefined;
    }
    const user = caller === 'user' ? credentials.user : undefined;
    const exchange = () => httpBackend({ repository, request, response, service, user });
    return writes && request.method === 'POST' ? store.watchRefs(repository, exchange) : exchange();
  }
}

function challenge(response: Response, text: string): void {
  response
    .status(401)
    .set('WWW-Authenticate', 'Basic realm="Gitea"')
    .type('text')
    .send(`${text}\n`);
}

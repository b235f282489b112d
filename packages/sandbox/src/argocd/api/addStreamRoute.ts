import type { Request, Response, Router } from 'express';
import type { Change } from '../../kubernetes/store/Change';
import { type Application, APPLICATION_API, ARGOCD_NAMESPACE } from '../application/Application';
import { type ApplicationQuery, isMatch, parseQuery } from './ApplicationQuery';
import type { ArgoCdContext } from './ArgoCdContext';
import { parseFields, selectFields } from './fields';

const KEEPALIVE_MS = 15_000;

/**
 * `/stream/applications`: begins with every application as ADDED unless a resourceVersion is given, then tells every
 * change. Server-sent events for those who ask for them, else a line of JSON each.
 */
export function addStreamRoute(router: Router, argocd: ArgoCdContext): void {
  router.get('/stream/applications', (request, response) => {
    const query = parseQuery(request.query);
    const stream = openStream(request, response);
    const send = (type: Change['type'], application: Application) =>
      stream.send(application.metadata.name, { type, application: argocd.present(application) });
    const stop = argocd.cluster.watch(({ type, object }) => {
      if (isApplication(object) && isMatch(object, query)) send(type, object);
    });
    if (!request.query.resourceVersion || query.name) {
      for (const application of snapshot(argocd, query)) send('ADDED', application);
    }
    response.once('close', () => {
      stop();
      stream.end();
    });
  });
}

const snapshot = ({ controller }: ArgoCdContext, query: ApplicationQuery) =>
  controller.applications().filter(application => isMatch(application, query));

const isApplication = (object: {
  apiVersion: string;
  kind: string;
  metadata: { namespace?: string };
}): object is Application =>
  object.kind === 'Application' &&
  object.apiVersion === APPLICATION_API &&
  object.metadata.namespace === ARGOCD_NAMESPACE;

/** Sends results; one that repeats the last of the same application, as far as it was selected, is left out. */
function openStream(request: Request, response: Response) {
  const events = request.get('accept') === 'text/event-stream';
  const selection = parseFields(request.query.fields);
  const last = new Map<string, string>();
  response.status(200).set({
    'Content-Type': events ? 'text/event-stream' : 'application/json',
    'X-Content-Type-Options': 'nosniff',
  });
  response.flushHeaders();
  const keepalive = events ? setInterval(() => response.write(':\n'), KEEPALIVE_MS) : undefined;
  keepalive?.unref();
  return {
    send(key: string, result: unknown) {
      const event = { result };
      const data = JSON.stringify(selection ? selectFields(event, selection) : event);
      if (last.get(key) === data) return;
      last.set(key, data);
      response.write(events ? `data: ${data} \n\n` : `${data}\n`);
    },
    end: () => clearInterval(keepalive),
  };
}

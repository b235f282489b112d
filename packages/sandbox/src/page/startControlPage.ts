import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import createRouter from 'express-promise-router';
import { join } from 'node:path';
import { sendPage } from '../http/htmlDocument';
import { listenOnLoopback } from '../http/listenOnLoopback';
import { controlBody } from './controlBody';
import type { Faults, WorkloadRef } from './Faults';
import { findWorkload } from './findWorkload';
import { type SandboxParts, sandboxStatus } from './sandboxStatus';

export interface ControlPage {
  readonly url: string;
  stop(): Promise<void>;
}

const SCRIPT = join(__dirname, '../../assets/control.js');

/** A page and a few JSON calls to see what the sandbox plays, and to break and mend it. */
export async function startControlPage(parts: SandboxParts, port: number): Promise<ControlPage> {
  const app = express().disable('x-powered-by');
  const router = createRouter();
  router.use(onlyFromHere);
  router.get('/', (_request, response) => {
    sendPage(response, {
      title: 'Waymark sandbox',
      body: controlBody(sandboxStatus(parts)),
      script: '/control.js',
    });
  });
  router.get('/control.js', (_request, response) => {
    response.sendFile(SCRIPT);
  });
  router.get('/control/status', (_request, response) => {
    response.json(sandboxStatus(parts));
  });
  router.use(express.json());
  router.post('/control/break', (request, response) => {
    const workload = workloadIn(request, parts);
    const wanted = textIn(request, 'fault');
    const known = parts.faults.kinds.map(({ name }) => name);
    if (wanted && !known.includes(wanted)) {
      throw new Refusal(400, `no fault is called ${wanted}; there are ${known.join(', ')}`);
    }
    const fault = breakOrRefuse(parts.faults, workload, wanted);
    response.json({ workload: `${workload.namespace}/${workload.name}`, fault });
  });
  router.post('/control/mend', (request, response) => {
    const workload = workloadIn(request, parts);
    parts.faults.mend(workload);
    response.json({ workload: `${workload.namespace}/${workload.name}` });
  });
  app.use(router);
  app.use(sendProblem);
  const server = await listenOnLoopback(app, port);
  return { url: server.url, stop: () => server.close() };
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/**
 * A page of the web must not reach us through the browser of this machine: its name could resolve to 127.0.0.1, and
 * it may send anything but JSON without asking first.
 */
const onlyFromHere: RequestHandler = (request, _response, next) => {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.get('host') ?? '')) {
    throw new Refusal(403, 'only for this machine');
  }
  if (request.method === 'POST' && !request.is('application/json')) {
    throw new Refusal(415, 'send application/json');
  }
  next();
};

function workloadIn(request: Request, parts: SandboxParts) {
  const text = textIn(request, 'workload');
  if (!text) throw new Refusal(400, 'workload: name one');
  const found = findWorkload(sandboxStatus(parts).workloads, text);
  if ('problem' in found) throw new Refusal(404, found.problem);
  return found.workload;
}

/** Not every workload can have every fault; which and why is said for people to read. */
function breakOrRefuse(faults: Faults, workload: WorkloadRef, fault?: string): string {
  try {
    return faults.break(workload, fault);
  } catch (error) {
    throw new Refusal(409, error instanceof Error ? error.message : String(error));
  }
}

function textIn(request: Request, field: string): string | undefined {
  const value = (request.body as Record<string, unknown> | undefined)?.[field];
  return typeof value === 'string' && value ? value : undefined;
}

// Express knows an error handler by its four parameters.
const sendProblem: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = error instanceof Refusal ? error.status : 500;
  response.status(status).json({ message: error.message });
};

import { Agent, get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { statusOf, type ServiceProcess } from './ServiceProcess';

export interface DrainResult {
  readonly requests: number;
  readonly failures: readonly string[];
  /** Requests that were answered after the signal. */
  readonly answeredWhileDraining: number;
  /** What /livez answered between the signal and the end. */
  readonly liveness: readonly (number | undefined)[];
  readonly readinessFell: boolean;
  readonly exitCode: number | null;
}

const CLIENTS = 50;
const REQUESTS = 2500;
/** Endpoints and load balancers act on what readiness said a moment ago. */
const PROPAGATION_MS = 300;

/**
 * Sends SIGTERM under load, as a rolling update does: clients keep sending over open connections until a readiness that
 * fell has reached them. Nothing that was sent may fail.
 */
export async function drainUnderLoad(service: ServiceProcess, path: string): Promise<DrainResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  const failures: string[] = [];
  const state = { requests: 0, answeredWhileDraining: 0, signalled: false, routed: true };
  const client = async () => {
    while (state.routed) {
      state.requests += 1;
      const outcome = await send(agent, service.traffic + path);
      if (outcome !== 200) failures.push(String(outcome));
      else if (state.signalled) state.answeredWhileDraining += 1;
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  const begin = Date.now();
  // By number and not by time: on a busy machine a second is little load.
  while (state.requests < REQUESTS && Date.now() - begin < 60_000) await wait(20);

  state.signalled = true;
  service.child.kill('SIGTERM');
  const liveness: (number | undefined)[] = [];
  let readinessFell = false;
  // An endpoint controller in small: asks, and takes the service out a moment after the answer changed.
  while (service.child.exitCode === null && !readinessFell) {
    const [ready, alive] = await Promise.all(
      ['/readyz', '/livez'].map(probe => statusOf(service.management + probe)),
    );
    readinessFell = ready === 503;
    if (service.child.exitCode === null) liveness.push(alive);
  }
  await wait(PROPAGATION_MS);
  state.routed = false;
  if (service.child.exitCode === null) liveness.push(await statusOf(`${service.management}/livez`));
  await clients;
  agent.destroy();
  const exitCode = await Promise.race([service.exited, wait(10_000, null, { ref: false })]);
  return {
    requests: state.requests,
    failures,
    answeredWhileDraining: state.answeredWhileDraining,
    liveness,
    readinessFell,
    exitCode,
  };
}

const send = (agent: Agent, url: string) =>
  new Promise<number | string>(done => {
    const request = get(url, { agent, timeout: 5000 }, response => {
      response.resume();
      response.on('end', () => done(response.statusCode ?? 'no status'));
      response.on('error', error => done(error.message));
    });
    request.on('error', error => done(error.message));
    // Node only tells: without an end of ours a request that nobody answers hangs for ever.
    request.on('timeout', () => request.destroy(new Error('no answer within 5 s')));
  });

/** What is wrong with how a service went, in words; nothing when it went well. */
export function faultsOf({
  requests,
  failures,
  answeredWhileDraining,
  liveness,
  readinessFell,
  exitCode,
}: DrainResult): string[] {
  return [
    requests < REQUESTS && `only ${requests} requests: no load`,
    failures.length > 0 &&
      `${failures.length} of ${requests} requests failed, first: ${failures[0]}`,
    answeredWhileDraining === 0 && 'nothing was served after the signal',
    !readinessFell && '/readyz never said 503',
    liveness.some(status => status !== 200) && `/livez said ${liveness.join(', ')}`,
    exitCode !== 0 && `it ended with ${exitCode}`,
  ].filter(fault => fault !== false);
}

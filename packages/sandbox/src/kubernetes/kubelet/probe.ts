import type { Container, Probe } from '../objects/pod';
import type { ContainerBehaviour, ProbeKind } from './ContainerBehaviour';

/** What one probe came back with; texts as in pkg/probe. */
export type ProbeResult = { readonly ok: true } | { readonly ok: false; readonly output: string };

export function probeOnce(input: {
  readonly kind: ProbeKind;
  readonly probe: Probe;
  readonly container: Container;
  readonly behaviour: ContainerBehaviour;
  readonly runningSeconds: number;
  readonly podIp: string;
}): ProbeResult {
  const { kind, probe, behaviour, runningSeconds } = input;
  const listens = runningSeconds >= behaviour.listensAfter;
  const answer = behaviour.answers[kind];
  const { httpGet, tcpSocket, exec } = probe;
  if (exec) return listens && answer === 200 ? { ok: true } : failed('command failed');
  const address = `${input.podIp}:${portOf(input.container, (httpGet ?? tcpSocket)?.port)}`;
  if (!listens) return failed(refused(address, httpGet?.path));
  if (!httpGet) return { ok: true };
  if (answer === 'hangs') {
    return failed(
      `Get "http://${address}${httpGet.path}": context deadline exceeded ` +
        '(Client.Timeout exceeded while awaiting headers)',
    );
  }
  return answer < 400 ? { ok: true } : failed(`HTTP probe failed with statuscode: ${answer}`);
}

const failed = (output: string): ProbeResult => ({ ok: false, output });

const refused = (address: string, path: string | undefined): string =>
  path === undefined
    ? `dial tcp ${address}: connect: connection refused`
    : `Get "http://${address}${path}": dial tcp ${address}: connect: connection refused`;

const portOf = ({ ports = [] }: Container, port: number | string | undefined) =>
  typeof port === 'string'
    ? (ports.find(({ name }) => name === port)?.containerPort ?? port)
    : port;

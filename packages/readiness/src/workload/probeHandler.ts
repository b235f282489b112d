import type { Container, IntOrString, ProbeHandler } from '@waymark/kube-graph';

/**
 * What a probe asks, as one comparable text: equal keys mean the same request to the same place. Named ports count as the
 * number that the container gives them; thresholds, headers and timings do not count. Undefined without a handler.
 */
export function handlerKey(
  { httpGet, tcpSocket, grpc, exec }: ProbeHandler,
  container: Container,
): string | undefined {
  if (httpGet) {
    const { path = '/', port, host = '' } = httpGet;
    return `http ${host} ${portNumber(port, container)} /${path.replace(/^\//, '')}`;
  }
  if (tcpSocket) return `tcp ${tcpSocket.host ?? ''} ${portNumber(tcpSocket.port, container)}`;
  if (grpc) return `grpc ${grpc.port} ${grpc.service ?? ''}`;
  if (exec) return `exec ${JSON.stringify(exec.command ?? [])}`;
  return undefined;
}

/** A handler for people, without what may hold a secret: of a command only the program, of a path no query. */
export function formatHandler({ httpGet, tcpSocket, grpc, exec }: ProbeHandler): string {
  if (httpGet) return `HTTP ${httpGet.path?.split('?')[0] ?? '/'} on port ${httpGet.port}`;
  if (tcpSocket) return `TCP port ${tcpSocket.port}`;
  if (grpc) return `gRPC ${grpc.service ? `${grpc.service} on ` : ''}port ${grpc.port}`;
  return `command ${exec?.command?.[0] ?? ''}`;
}

/** A name that no container port carries stays what it is. */
const portNumber = (port: IntOrString, { ports = [] }: Container): IntOrString =>
  ports.find(({ name }) => name === port)?.containerPort ?? port;

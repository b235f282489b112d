import type { KubernetesCluster } from '../KubernetesCluster';
import type { Pod } from '../objects/pod';
import { badRequest, notFound } from '../status/refusals';
import type { ApiAnswer } from './ApiAnswer';
import type { ResourceRequest } from './RequestInfo';

export interface LogLine {
  readonly time: Date;
  readonly text: string;
}

/** Where the output of containers is read: the kubelet's part. Throws an `ApiError` when there is none. */
export interface PodLogs {
  read(pod: Pod, container: string, options: { previous: boolean }): readonly LogLine[];
  /** Hears the lines that come from now on. */
  follow(pod: Pod, container: string, listener: (line: LogLine) => void): () => void;
}

export function answerPodLog(
  cluster: KubernetesCluster,
  { namespace, name = '', query }: ResourceRequest,
  logs: PodLogs,
): ApiAnswer {
  const pod = cluster.get({ kind: 'Pod', namespace, name });
  if (!pod) throw notFound({ group: '', plural: 'pods' }, name);
  const container = containerIn(pod, query.get('container') ?? undefined);
  const stamped = query.get('timestamps') === 'true';
  const print = ({ time, text }: LogLine) =>
    stamped ? `${time.toISOString()} ${text}\n` : `${text}\n`;
  const lines = logs.read(pod, container, { previous: query.get('previous') === 'true' });
  const text = limited(selected(lines, query, cluster.timeline.now()).map(print).join(''), query);
  const follows = query.get('follow') === 'true';
  return {
    type: 'stream',
    start: response => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      if (!follows) {
        response.end(text);
        return;
      }
      response.write(text);
      const stop = logs.follow(pod, container, line => response.write(print(line)));
      response.on('close', stop);
    },
  };
}

function containerIn({ spec, metadata }: Pod, asked: string | undefined): string {
  const main = spec.containers.map(({ name }) => name);
  const all = [...main, ...(spec.initContainers ?? []).map(({ name }) => name)];
  if (asked && !all.includes(asked)) {
    throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  }
  if (!asked && main.length > 1) {
    throw badRequest(
      `a container name must be specified for pod ${metadata.name}, choose one of: [${main.join(' ')}]`,
    );
  }
  return asked ?? main[0];
}

function selected(
  lines: readonly LogLine[],
  query: URLSearchParams,
  now: Date,
): readonly LogLine[] {
  const seconds = query.get('sinceSeconds');
  const from = seconds
    ? now.getTime() - Number(seconds) * 1000
    : Date.parse(query.get('sinceTime') ?? '1970-01-01T00:00:00Z');
  const recent = lines.filter(({ time }) => time.getTime() >= from);
  const tail = query.get('tailLines');
  if (tail === null) return recent;
  return Number(tail) === 0 ? [] : recent.slice(-Number(tail));
}

function limited(text: string, query: URLSearchParams): string {
  const bytes = query.get('limitBytes');
  return bytes ? Buffer.from(text).subarray(0, Number(bytes)).toString() : text;
}

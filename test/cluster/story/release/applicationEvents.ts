import type { ArgoCd } from '../../world/argocd';

interface ApplicationEvent {
  readonly result?: {
    readonly application?: { readonly status?: { readonly sync?: { readonly revision?: string } } };
  };
}

/** Argo CD's own stream of one application, with the time at which each revision was first told. */
export function startEventLog({ url, token }: ArgoCd, application: string) {
  const stopping = new AbortController();
  const told = new Map<string, number>();
  let failure: unknown;
  const note = (line: string) => {
    if (!line.startsWith('data:')) return;
    const { result } = JSON.parse(line.slice('data:'.length)) as ApplicationEvent;
    const revision = result?.application?.status?.sync?.revision;
    if (revision && !told.has(revision)) told.set(revision, Date.now());
  };
  const read = async () => {
    const response = await fetch(`${url}/api/v1/stream/applications?name=${application}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: stopping.signal,
    });
    let rest = '';
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = `${rest}${part}`.split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(note);
    }
  };
  read().catch(error => {
    if (!stopping.signal.aborted) failure = error;
  });
  return {
    /** When the revision was first told, ms; undefined as long as it was not. */
    firstOf(revision: string): number | undefined {
      if (failure) throw failure;
      return told.get(revision);
    },
    stop: () => stopping.abort(),
  };
}

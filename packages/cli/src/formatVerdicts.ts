import { formatRef } from '@waymark/kube-graph';
import { type Cause, causeDocs, renderCause, STATUS_ORDER, type Verdict } from '@waymark/health';

/** Worst first. The JSON is described by schema/health.schema.json. */
export function formatVerdicts(
  verdicts: readonly Verdict[],
  format: 'text' | 'json',
  docs?: string,
): string {
  const sorted = [...verdicts].sort(
    (a, b) => STATUS_ORDER.indexOf(b.status) - STATUS_ORDER.indexOf(a.status),
  );
  if (format === 'json') {
    const withDocs = (cause: Cause) => ({ ...cause, docs: causeDocs(cause.code, docs) });
    const items = sorted.map(({ cause, symptoms, ...verdict }) => ({
      ...verdict,
      ...(cause && { cause: withDocs(cause), sentence: renderCause(cause) }),
      symptoms: symptoms.map(withDocs),
    }));
    return JSON.stringify({ apiVersion: 'waymark.dev/v1', kind: 'HealthReport', items }, null, 2);
  }
  if (!sorted.length) return 'no workload among these objects';
  return sorted.map(describe).join('\n');
}

function describe({ subject, status, since, cause, gaps }: Verdict): string {
  const head = `${status.padEnd(12)} ${subject.namespace ?? ''}/${formatRef(subject)}${since ? ` since ${since}` : ''}`;
  return [
    head,
    ...(cause ? [`  ${renderCause(cause)}`] : []),
    ...(cause?.command ? [`  $ ${cause.command}`] : []),
    ...gaps.map(({ kind, message }) => `  not certain of ${kind}: ${message}`),
  ].join('\n');
}

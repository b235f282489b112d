import { readState } from '@waymark/sandbox';

/** Makes or mends a fault in the running sandbox, as `npm run sandbox -- break …` does. */
export async function controlSandbox(
  action: 'break' | 'mend',
  workload: string,
  fault?: string,
): Promise<void> {
  const url = readState()?.url;
  if (!url) throw new Error('no sandbox is running');
  const response = await fetch(`${url}/control/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workload, ...(fault && { fault }) }),
  });
  if (!response.ok)
    throw new Error(`the sandbox refused to ${action} ${workload}: ${await response.text()}`);
}

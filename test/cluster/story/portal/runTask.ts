import { firstSeen } from '../firstSeen';
import type { Portal } from './Portal';

/** How a run of a template ended. */
export interface TaskEnd {
  readonly id: string;
  readonly status: string;
  /** The end of what the task said, as a person reads it in the log. */
  readonly log: string;
}

interface TaskEvent {
  readonly type: string;
  readonly body: { readonly message: string; readonly error?: { readonly message: string } };
}

const LAST_LINES = 20;

/** Presses Create, and waits for the end. */
export async function createService(
  portal: Portal,
  values: object,
  template = 'node-service',
): Promise<TaskEnd> {
  const { id } = await portal.ask<{ id: string }>('POST', '/scaffolder/v2/tasks', {
    templateRef: `template:default/${template}`,
    values,
    secrets: {},
  });
  return endOf(portal, id);
}

/** Presses Retry on a task that failed, and waits for the end. */
export async function retryTask(portal: Portal, id: string): Promise<TaskEnd> {
  await portal.ask('POST', `/scaffolder/v2/tasks/${id}/retry`, { secrets: {} });
  return endOf(portal, id);
}

async function endOf(portal: Portal, id: string): Promise<TaskEnd> {
  const { answer: status } = await firstSeen(
    `task ${id} has ended`,
    async () => {
      const task = await portal.ask<{ status: string }>('GET', `/scaffolder/v2/tasks/${id}`);
      return !['open', 'processing'].includes(task.status) && task.status;
    },
    { timeoutSeconds: 120, intervalMs: 250 },
  );
  const events = await portal.ask<TaskEvent[]>('GET', `/scaffolder/v2/tasks/${id}/events`);
  const log = events
    .map(({ body }) => [body.message, body.error?.message].filter(Boolean).join(': '))
    .join('\n');
  return { id, status, log: log.split('\n').slice(-LAST_LINES).join('\n') };
}

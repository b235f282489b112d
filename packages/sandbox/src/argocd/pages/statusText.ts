import { html, type Html } from '../../http/html';

const tones: Readonly<Record<string, string>> = {
  Synced: 'good',
  Healthy: 'good',
  Succeeded: 'good',
  OutOfSync: 'bad',
  Degraded: 'bad',
  Missing: 'bad',
  Failed: 'bad',
  Error: 'bad',
  Progressing: 'busy',
  Running: 'busy',
};

/** A state in words; its colour only repeats them. */
export const statusText = (status: string | undefined): Html =>
  html`<span class="${tones[status ?? ''] ?? 'muted'}">${status || 'Unknown'}</span>`;

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a container or an image does; the kubelet's behaviour.go explains each field. Without a
 * command a container is a script that runs for ever and answers 200 on the ports that it declares.
 */
export interface Behaviour {
  command?: string[];
  dir?: string;
  exitAfter?: number;
  exitTimes?: number;
  exitCode?: number;
  reason?: string;
  message?: string;
  startErr?: string;
  createErr?: string;
  log?: string[];
  port?: number;
  listenAfter?: number;
  http?: Record<string, number>;
  exec?: { code: number; out: string };
  stopDelay?: number;
  stopCode?: number;
  ignoreTerm?: boolean;
  disk?: number;
  memory?: number;
  pullDelay?: number;
  pullSize?: number;
  pullCode?: 'NotFound' | 'DeadlineExceeded' | 'Unknown';
  pullErr?: string;
}

/**
 * Tells all kubelets what containers and images do, from the next time they look (200 ms).
 * Keys: `namespace/pod/container`, `namespace/pod`, an image, or an image without its tag; each may
 * have `*` for a part between slashes, as in `shop/payment-*`. The more specific entry overrides
 * single fields. The files are the truth: a person edits them, and a program outside of the
 * world's namespace opens the same folder.
 */
export class Behaviours {
  constructor(readonly dir: string) {
    mkdirSync(dir, { recursive: true });
  }

  set(key: string, behaviour: Behaviour): void {
    this.change('behaviour.json', entries => ({ ...entries, [key]: behaviour }));
  }

  clear(key: string): void {
    this.change('behaviour.json', ({ [key]: _cleared, ...others }) => others);
  }

  /** A secret that AWS Secrets Manager would have, for SecretProviderClass volumes. */
  setSecret(objectName: string, value: string): void {
    this.change('secrets.json', entries => ({ ...entries, [objectName]: value }));
  }

  /** Free bytes of a node's disk; below 10 % of 80 GiB the kubelet evicts. */
  setFreeDisk(node: string, bytes: number): void {
    this.replace(`disk-${node}`, String(bytes));
  }

  private change(name: string, edit: (entries: Entries) => Entries): void {
    const file = join(this.dir, name);
    const entries = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Entries) : {};
    this.replace(name, JSON.stringify(edit(entries), null, 2));
  }

  /** Kubelets read at any moment: they must never see half a file. */
  private replace(name: string, text: string): void {
    const file = join(this.dir, name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}

type Entries = Record<string, unknown>;

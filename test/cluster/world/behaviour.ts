import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a container or an image does; the kubelet's behaviour.go explains each field. Without a
 * command a container is a script that runs for ever and answers 200 on port 8080.
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
 * Keys: `namespace/pod/container`, `namespace/pod`, both with `*` as in `shop/payment-*`, an image,
 * or an image without its tag. The more specific entry overrides single fields.
 */
export class Behaviours {
  private readonly entries = new Map<string, Behaviour>();
  private readonly secrets = new Map<string, string>();

  constructor(readonly dir: string) {
    mkdirSync(dir, { recursive: true });
    this.write('behaviour.json', this.entries);
    this.write('secrets.json', this.secrets);
  }

  set(key: string, behaviour: Behaviour): void {
    this.entries.set(key, behaviour);
    this.write('behaviour.json', this.entries);
  }

  clear(key: string): void {
    this.entries.delete(key);
    this.write('behaviour.json', this.entries);
  }

  /** A secret that AWS Secrets Manager would have, for SecretProviderClass volumes. */
  setSecret(objectName: string, value: string): void {
    this.secrets.set(objectName, value);
    this.write('secrets.json', this.secrets);
  }

  /** Free bytes of a node's disk; below 10 % of 80 GiB the kubelet evicts. */
  setFreeDisk(node: string, bytes: number): void {
    this.replace(`disk-${node}`, String(bytes));
  }

  private write(name: string, entries: Map<string, unknown>): void {
    this.replace(name, JSON.stringify(Object.fromEntries(entries), null, 2));
  }

  /** Kubelets read at any moment: they must never see half a file. */
  private replace(name: string, text: string): void {
    const file = join(this.dir, name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}

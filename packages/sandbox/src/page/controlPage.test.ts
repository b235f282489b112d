import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application } from '../argocd/application/Application';
import type { HostedRepository } from '../git/HostedRepository';
import { createCluster } from '../kubernetes/createCluster';
import type { Faults, WorkloadRef } from './Faults';
import { runControl } from './runControl';
import { readState, removeState, writeState } from './sandboxState';
import { type ControlPage, startControlPage } from './startControlPage';

const keyOf = ({ namespace, name }: WorkloadRef) => `${namespace}/${name}`;

/** Faults that only remember what they were told. */
function rememberingFaults(): Faults {
  const active = new Map<string, string>();
  return {
    kinds: [
      { name: 'crash-loop', description: 'The container exits with code 1' },
      { name: 'image-pull', description: 'The image does not exist' },
    ],
    faultOf: workload => active.get(keyOf(workload)),
    break(workload, fault = 'crash-loop') {
      if (workload.name === 'web' && fault === 'crash-loop') throw new Error('web never crashes');
      active.set(keyOf(workload), fault);
      return fault;
    },
    mend: workload => {
      active.delete(keyOf(workload));
    },
  };
}

describe('the control page', () => {
  let page: ControlPage;

  beforeAll(async () => {
    const cluster = createCluster();
    for (const namespace of ['shop', 'parcels']) {
      cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    }
    const deploy = (namespace: string, name: string) =>
      cluster.apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace, name },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [{ name, image: 'a:1' }] },
          },
        },
      });
    deploy('shop', 'payment');
    deploy('shop', 'web');
    deploy('parcels', 'web');
    const application = {
      metadata: { name: 'payment', namespace: 'argocd' },
      status: { sync: { status: 'Synced', revision: '0123456789abcdef' } },
    } as unknown as Application;
    const record = { owner: 'shop', name: '<b>', updatedAt: '2026-11-21T00:00:00Z' };
    page = await startControlPage(
      {
        cluster,
        faults: rememberingFaults(),
        argocd: { url: 'http://argocd.invalid', controller: { applications: () => [application] } },
        gitHost: {
          url: 'http://git.invalid',
          repositories: { list: () => [{ record } as HostedRepository] },
        },
      },
      0,
    );
  });

  afterAll(() => page.stop());

  async function control(...args: string[]) {
    const lines: string[] = [];
    const options = {
      args,
      running: () => page.url,
      fetch,
      print: (line: string) => lines.push(line),
    };
    const code = await runControl(options);
    return { code, text: lines.join('\n') };
  }

  it('breaks by name, shows it, and mends', async () => {
    expect(await control('break', 'payment')).toEqual({
      code: 0,
      text: 'shop/payment has crash-loop now',
    });
    expect((await control('break', 'parcels/web', 'image-pull')).text).toContain('image-pull');
    expect((await control('status')).text).toBe(
      [
        'WORKLOAD      READY  FAULT',
        'shop/payment  0/2    crash-loop',
        'shop/web      0/2',
        'parcels/web   0/2    image-pull',
        '',
        'APPLICATION  SYNC    HEALTH   REVISION',
        'payment      Synced  Unknown  0123456789',
        '',
        'REPOSITORY  LAST CHANGE',
        'shop/<b>    2026-11-21T00:00:00Z',
        '',
      ].join('\n'),
    );
    expect((await control('mend', 'payment')).text).toBe('shop/payment is being mended');
    expect((await control('list')).text).not.toContain('(crash-loop)');
  });

  it.each([
    [['break', 'nothing'], 'no workload is called nothing; there are shop/payment'],
    [['break', 'web'], 'web could be shop/web, parcels/web: name one of them'],
    [['break', 'payment', 'flood'], 'no fault is called flood; there are crash-loop, image-pull'],
    [['break', 'shop/web'], 'web never crashes'],
    [['mend'], 'mend: name a workload'],
    [
      ['status', '--url', 'http://127.0.0.1:1'],
      'the sandbox at http://127.0.0.1:1 does not answer',
    ],
  ])('says what is wrong with %j', async (args, message) => {
    await expect(control(...args)).rejects.toThrow(message);
  });

  it('says how to start a sandbox when none runs, and how to use itself', async () => {
    const options = { fetch, print: () => {}, running: () => undefined };
    await expect(runControl({ ...options, args: ['status'] })).rejects.toThrow('npm start');
    expect(await control('--help')).toMatchObject({ code: 0 });
    expect((await control('explode')).code).toBe(2);
  });

  it('draws everything, with what others named as text', async () => {
    const text = await (await fetch(page.url)).text();
    expect(text).toContain('aria-label="Break payment"');
    expect(text).toContain('shop/&lt;b&gt;');
    expect(text).toContain('http://argocd.invalid/applications/argocd/payment');
    const script = await fetch(`${page.url}/control.js`);
    expect(script.headers.get('content-type')).toContain('javascript');
  });

  it('answers only this machine, and takes only JSON', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${page.url}/control/break`, { method: 'POST', headers, body: 'workload=payment' });
    const form = await post({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.status).toBe(415);
    const { port } = new URL(page.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const host = `evil.invalid:${port}`;
      get({ port, host: '127.0.0.1', headers: { host } }, response =>
        resolve(response.statusCode),
      ).on('error', reject);
    });
    expect(status).toBe(403);
  });
});

describe('the note of a running sandbox', () => {
  it('is found while its process lives, and removed by its own process only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'state-'));
    const file = join(folder, 'deep', 'sandbox.json');
    expect(readState(file)).toBeUndefined();
    const state = { url: 'http://127.0.0.1:1', pid: process.pid };
    writeState(state, file);
    expect(readState(file)).toEqual(state);
    removeState(process.pid + 1, file);
    expect(readState(file)).toEqual(state);
    removeState(process.pid, file);
    expect(readState(file)).toBeUndefined();
    // No process has this id: Linux's largest is 2^22.
    writeState({ ...state, pid: 2 ** 30 }, file);
    expect(readState(file)).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});

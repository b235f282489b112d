import { execFileSync, spawnSync } from 'node:child_process';
import { access, mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { createProgram } from './createProgram';
import type { Streams } from './Streams';

const deployment = (replicas: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1.0.0' }] }
`;

describe('waymark', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waymark-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** One call of the command line: what it printed, said, and ended with. */
  async function run(args: string[], stdin = '') {
    const output: string[] = [];
    const errors: string[] = [];
    let code = -1;
    const streams: Streams = {
      print: text => output.push(text),
      error: line => errors.push(line),
      stdin: async () => stdin,
      exit: exit => {
        code = exit;
      },
      now: () => new Date('2026-11-21T03:00:00Z'),
      folder,
    };
    const failure = await createProgram(streams)
      .parseAsync(['node', 'waymark', ...args])
      .then(
        () => undefined,
        error => error as Error,
      );
    return { output: output.join(''), errors: errors.join('\n'), code, failure };
  }

  it('judges a file and fails where an error stands', async () => {
    await writeFile(join(folder, 'web.yaml'), deployment(2));
    const { output, code } = await run(['check', 'web.yaml']);
    expect(output).toContain('rollout-deadlock');
    expect(output).toContain('The gate fails.');
    expect(code).toBe(1);
  });

  it('judges what is piped in, in every form', async () => {
    const json = await run(['check', '-', '--output', 'json'], deployment(2));
    expect(JSON.parse(json.output)).toMatchObject({ gate: 'fail' });
    const sarif = await run(['check', '-', '-o', 'sarif'], deployment(2));
    expect(JSON.parse(sarif.output)).toMatchObject({ version: '2.1.0' });
    const junit = await run(['check', '-', '-o', 'junit'], deployment(2));
    expect(junit.output).toMatch(/^<\?xml/);
    expect([json.code, sarif.code, junit.code]).toEqual([1, 1, 1]);
  });

  it('describes the JSON of a check by a schema', async () => {
    const { output } = await run(['check', '-', '-o', 'json'], deployment(2));
    const schema = await readFile(
      join(__dirname, '../../readiness/schema/report.schema.json'),
      'utf8',
    );
    // The package of the schema tries its formats, too.
    const validate = new Ajv2020({
      strict: true,
      allowUnionTypes: true,
      validateFormats: false,
    }).compile(JSON.parse(schema));
    expect([validate(JSON.parse(output)), validate.errors]).toEqual([true, null]);
    expect(validate({ ...JSON.parse(output), gate: 'green' })).toBe(false);
  });

  it('links to the documentation where it is told that there is one, and brings the help along', async () => {
    const check = ['check', '-', '-o', 'sarif'];
    const rulesIn = ({ output }: { output: string }) =>
      JSON.parse(output).runs[0].tool.driver.rules;
    const [bare] = rulesIn(await run(check, deployment(2)));
    expect(bare.help.markdown).toContain('**What to do.**');
    expect(bare).not.toHaveProperty('helpUri');

    const site = 'https://portal.example.com/docs/default/system/waymark';
    const [linked] = rulesIn(await run([...check, '--docs-base', `${site}/`], deployment(2)));
    expect(linked.helpUri).toBe(`${site}/rules/${linked.id}`);
    process.env.WAYMARK_DOCS_BASE = site;
    try {
      expect(rulesIn(await run(check, deployment(2)))[0].helpUri).toBe(linked.helpUri);
    } finally {
      delete process.env.WAYMARK_DOCS_BASE;
    }
    const relative = await run([...check, '--docs-base', 'docs/'], deployment(2));
    expect(relative.failure?.message).toContain('docs/ is no address');
  });

  it('proves nothing by absence in an open bundle', async () => {
    const closed = await run(['check', '-', '-o', 'json'], deployment(2));
    const open = await run(['check', '-', '-o', 'json', '--open'], deployment(2));
    const rulesOf = (text: string) =>
      (JSON.parse(text).findings as { rule: string }[]).map(({ rule }) => rule);
    expect(rulesOf(closed.output)).toContain('pdb-missing');
    expect(rulesOf(open.output)).not.toContain('pdb-missing');
  });

  it('names file and line of what it cannot read', async () => {
    await mkdir(join(folder, 'deploy'));
    await writeFile(
      join(folder, 'deploy', 'a.yaml'),
      'kind: ConfigMap\napiVersion: v1\nmetadata: { name: a }\n---\nfoo: [1\n',
    );
    expect((await run(['check', 'deploy'])).failure?.message).toMatch(/a\.yaml:5: /);
    expect((await run(['check', '-'], 'a: 1')).failure?.message).toContain(
      'stdin:1: not a Kubernetes object',
    );
    expect((await run(['check', 'nowhere'])).failure?.message).toContain('cannot read');
    expect((await run(['check', '-', '--values', 'x.yaml'])).failure?.message).toContain(
      '--values belongs to a chart',
    );
    expect((await run(['check', '-', '--output', 'xml'])).failure?.message).toContain(
      "'xml' is invalid",
    );
  });

  it('says what Helm says about a chart that does not render', async () => {
    await mkdir(join(folder, 'chart', 'templates'), { recursive: true });
    await writeFile(
      join(folder, 'chart', 'Chart.yaml'),
      'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    );
    await writeFile(
      join(folder, 'chart', 'templates', 'web.yaml'),
      '{{ required "image is needed" .Values.image }}',
    );
    const message = (await run(['check', 'chart'])).failure?.message;
    expect(message).toMatch(/^the chart does not render: .*web\.yaml.*image is needed$/);
  });

  it('judges recorded objects as the page does, and describes its JSON by a schema', async () => {
    const recorded = await readFile(
      join(__dirname, '../../health/src/causes/configuration/cases/key-missing.yaml'),
      'utf8',
    );
    const objects = recorded.slice(recorded.indexOf('\n---\n') + 5);
    const [, now] = /^now: '(.+)'$/m.exec(recorded)!;
    const text = await run(['health', '-', '--complete', '--now', now], objects);
    expect(text.output).toMatch(/^down .*shop\/Deployment\/payment/);
    expect(text.output).toContain('cannot start: ConfigMap');
    expect(text.code).toBe(1);

    const json = await run(['health', '-', '--complete', '--now', now, '-o', 'json'], objects);
    const schema = JSON.parse(
      await readFile(join(__dirname, '../schema/health.schema.json'), 'utf8'),
    );
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    expect([validate(JSON.parse(json.output)), validate.errors]).toEqual([true, null]);
    const { cause } = JSON.parse(json.output).items[0];
    await expect(access(join(__dirname, '../../..', cause.docs))).resolves.toBeUndefined();
    expect((await run(['health', '-', '--now', 'yesterday'], objects)).failure?.message).toContain(
      '--now: yesterday',
    );
  });

  it('judges nothing where nothing came in', async () => {
    await mkdir(join(folder, 'empty'));
    await writeFile(join(folder, 'empty', 'a.yaml'), '# later\n---\n');
    await mkdir(join(folder, 'chart'));
    await writeFile(
      join(folder, 'chart', 'Chart.yaml'),
      'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    );
    const piped = await run(['check', '-'], '\n');
    expect([piped.output, piped.code]).toEqual(['', -1]);
    expect(piped.failure?.message).toContain(
      'standard input holds no Kubernetes object: see what the program before the pipe says',
    );
    expect((await run(['health', '-'], '')).failure?.message).toBe(piped.failure?.message);
    expect((await run(['check', 'empty'])).failure?.message).toContain(
      'empty holds no Kubernetes object',
    );
    expect((await run(['check', 'chart'])).failure?.message).toContain(
      'the release holds no object',
    );
  });

  describe('from its package alone, in a folder that knows nothing of this repository', () => {
    let installed: string;
    beforeAll(async () => {
      installed = await mkdtemp(join(tmpdir(), 'waymark-cli-packed-'));
      const npm = (cwd: string, ...args: string[]) =>
        execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      const packed = npm(join(__dirname, '..'), 'pack', '--pack-destination', installed);
      await writeFile(join(installed, 'package.json'), '{}');
      const file = `./${packed.trim().split('\n').pop()}`;
      // Offline: what is packed needs nothing else.
      npm(installed, 'install', '--offline', '--no-audit', '--no-fund', file);
    }, 60_000);
    afterAll(() => rm(installed, { recursive: true, force: true }));

    const waymark = (args: string[], input = '') =>
      spawnSync(join(installed, 'node_modules', '.bin', 'waymark'), args, {
        cwd: folder,
        input,
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });

    it('judges', async () => {
      await writeFile(join(folder, 'web.yaml'), deployment(2));
      const { status, stdout } = waymark(['check', 'web.yaml']);
      expect(stdout).toContain('The gate fails.');
      expect(status).toBe(1);
    });

    it.each([
      [['check', '--bogus'], "error: unknown option '--bogus'"],
      [['check', '-', '-o', 'xml'], "'xml' is invalid"],
      [['check', '-', '--now', 'noon'], 'waymark: --now: noon is no time'],
      [['check'], "missing required argument 'path'"],
      [['chekc', '-'], "unknown command 'chekc'"],
      [['template'], 'Usage: waymark template'],
      [[], 'Usage: waymark'],
      [['check', '-'], 'waymark: standard input holds no Kubernetes object'],
    ])('ends with 2 and judges nothing: waymark %j', (args, message) => {
      const { status, stdout, stderr } = waymark(args, '\n');
      expect(stderr).toContain(message);
      expect([status, stdout]).toEqual([2, '']);
    });

    it.each([[['--help']], [['help', 'check']], [['check', '--help']]])(
      'ends with 0 where help was asked for: waymark %j',
      args => {
        const { status, stdout, stderr } = waymark(args);
        expect(stdout).toContain('Usage: waymark');
        expect([status, stderr]).toEqual([0, '']);
      },
    );
  });
});

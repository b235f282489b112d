import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { Checkout, type Ended } from './setup/Checkout';
import { NodeRegistry } from './setup/NodeRegistry';

/** Nothing listens there; fetch() refuses to try some of the lower ports, not this one. */
const NOWHERE = 'http://127.0.0.1:2';

const RAN = 'ran argument true v3.22.0';

function assertRan({ code, output }: Ended) {
  assert.equal(code, 0, output);
  assert.ok(output.includes(RAN), output);
}

describe('setting up', () => {
  let registry: NodeRegistry;
  let checkout: Checkout;
  before(async () => {
    registry = await NodeRegistry.start();
  });
  after(() => registry.stop());
  beforeEach(() => {
    registry.fetched = 0;
    checkout = new Checkout({ npm_config_registry: registry.url });
  });
  afterEach(() => checkout.remove());

  it('fetches, installs and builds once, says so, and is silent the next time', async () => {
    const first = await checkout.run();
    assertRan(first);
    assert.match(first.output, /fetching 24\.18\.1 once[^]*installing dep[^]*building Helm[^]*ran/);
    const second = await checkout.run();
    assertRan(second);
    assert.equal(second.output.trim(), RAN);
    assert.equal(registry.fetched, 1);
    assert.deepEqual(checkout.journal, ['install begins', 'install ends', 'build begins']);
    assert.deepEqual(checkout.leftovers(), []);
  });

  it('does the work once when it runs twice at once', async () => {
    const slow = { INSTALL_MS: '600', BUILD_SECONDS: '1' };
    const both = await Promise.all([checkout.run(slow), checkout.run(slow)]);
    both.forEach(assertRan);
    assert.ok(both.some(({ output }) => /waiting for another run .*process \d+/.test(output)));
    assert.equal(registry.fetched, 1);
    assert.deepEqual(checkout.journal, ['install begins', 'install ends', 'build begins']);
    assert.deepEqual(checkout.leftovers(), []);
  });

  describe('goes on after a run that was killed', () => {
    it('while fetching Node', async () => {
      const { asked, release } = registry.hold();
      const killed = checkout.start();
      await asked;
      killed.kill();
      await killed.ended;
      const next = checkout.run();
      release();
      assertRan(await next);
      assert.deepEqual(checkout.leftovers(), []);
    });

    it('while installing, waiting for the Yarn that was left behind', async () => {
      const killed = checkout.start({ INSTALL_MS: '1500' });
      await checkout.until('install begins');
      killed.kill();
      await killed.ended;
      assertRan(await checkout.run());
      assert.deepEqual(checkout.journal.slice(0, 4), [
        'install begins',
        'install ends',
        'install begins',
        'install ends',
      ]);
      assert.deepEqual(checkout.leftovers(), []);
    });

    it('while building Helm', async () => {
      const killed = checkout.start({ BUILD_SECONDS: '1' });
      await checkout.until('build begins');
      killed.kill();
      await killed.ended;
      assertRan(await checkout.run());
      assert.deepEqual(checkout.leftovers(), []);
    });
  });

  it('replaces what is broken in the cache and in node_modules', async () => {
    assertRan(await checkout.run());
    checkout.write('cache/node-24.18.1/bin/node', 'half a prog');
    checkout.write('cache/helm-3/helm', '');
    checkout.write('node_modules/.waymark-installed', 'something else');
    // A process that lives, but was born at another time: the number was given out again.
    checkout.write('cache/node.lock', `${process.pid} 1`);
    // Locks were folders once.
    checkout.write('cache/helm.lock/pid', '1');
    const { output, code } = await checkout.run();
    assertRan({ output, code });
    assert.match(output, /fetching 24\.18\.1 once/);
    assert.equal(checkout.journal.filter(line => line === 'build begins').length, 2);
    assert.equal(checkout.journal.filter(line => line === 'install ends').length, 2);
    assert.deepEqual(checkout.leftovers(), []);
  });

  /** As a shell sees it: 128 and the number of the signal. */
  const STOPPED: readonly (readonly [signal: NodeJS.Signals, flags: string[], code: number])[] = [
    ['SIGINT', [], 130],
    ['SIGTERM', [], 143],
    ['SIGTERM', ['--until-stopped'], 0],
    ['SIGHUP', ['--until-stopped'], 129],
  ];
  STOPPED.forEach(([signal, flags, expected]) => {
    it(`ends with ${expected} after ${signal} ${flags}`, async () => {
      const running = checkout.start({ WAITS: 'yes' }, flags);
      await checkout.until('program waits');
      running.kill(signal);
      assert.equal((await running.ended).code, expected);
    });
  });

  it('refuses a Helm archive with another checksum', async () => {
    const mirror = createServer((_, response) => response.end('not what was pinned'));
    await new Promise<void>(done => mirror.listen(0, '127.0.0.1', done));
    const { port } = mirror.address() as { port: number };
    try {
      const url = `http://127.0.0.1:${port}`;
      const { code, output } = await checkout.run({ WAYMARK_HELM_MIRROR: url, GO_FAILS: 'no Go' });
      assert.equal(code, 1, output);
      assert.match(
        output,
        /none could be had: the Helm archive has checksum \w{64}, expected \w{64}; no Go/,
      );
      assertRan(await checkout.run({ WAYMARK_HELM_MIRROR: url }));
    } finally {
      mirror.close();
    }
  });

  const FAILURES: readonly (readonly [
    what: string,
    variables: Record<string, string>,
    message: RegExp,
    nextStep: RegExp,
  ])[] = [
    [
      'no way to the npm registry',
      { npm_config_registry: NOWHERE },
      /could not fetch Node 24\.18\.1: .*ECONNREFUSED/,
      /Check the network .* or put a Node 24 below 24\.20 first on PATH/,
    ],
    [
      'no way to the packages',
      { YARN_FAILS: '➤ │ RequestError: connect ECONNREFUSED' },
      /installing the dependencies failed:\n.*ECONNREFUSED/,
      /Check the network and the npm registry of this machine/,
    ],
    [
      'no compiler',
      {
        YARN_FAILS:
          "➤ │ better-sqlite3@npm:12.4.1 couldn't be built successfully (exit code 1, logs can be found here: build.log)",
      },
      /installing the dependencies failed/,
      /install a C\+\+ compiler, make and Python 3/,
    ],
    [
      'a lock file that is behind',
      {
        YARN_FAILS:
          '➤ │ The lockfile would have been modified by this install, which is explicitly forbidden.',
      },
      /installing the dependencies failed/,
      /run "node .*yarn\.cjs install" and commit yarn\.lock/,
    ],
    [
      'no way to Helm',
      { GO_FAILS: 'go: no way to the module proxy' },
      /no Helm 3 on PATH, and none could be had: .*ECONNREFUSED.*; go: no way to the module proxy/,
      /Install Helm 3 \(https:\/\/helm\.sh/,
    ],
    [
      'a cache that cannot be written',
      { WAYMARK_CACHE: '/dev/null/waymark' },
      /cannot write to \/dev\/null\/waymark: ENOTDIR/,
      /WAYMARK_CACHE=/,
    ],
  ];
  FAILURES.forEach(([what, variables, message, nextStep]) => {
    it(`names the next step with ${what}`, async () => {
      const { code, output } = await checkout.run(variables);
      assert.equal(code, 1, output);
      assert.match(output, message);
      assert.match(output, nextStep);
      assert.doesNotMatch(output, /^\s+at /m);
    });
  });
});

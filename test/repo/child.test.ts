import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { Child } from '../suites/Child';

const never = async () => false;

/** A Node that says when it has begun, and then waits. */
async function start(program: string) {
  const child = spawn(process.execPath, [
    '--eval',
    `${program}; setInterval(() => {}, 1000); console.log('begun')`,
  ]);
  await once(child.stdout, 'data');
  return child;
}

describe('a child process', { timeout: 30_000 }, () => {
  it('is waited for no longer once a signal has ended it, and can be stopped then', async () => {
    const waits = await start('');
    const child = new Child(waits, { logFile: 'its.log' });
    const waiting = child.until('it is ready', never, { withinMs: 60_000, intervalMs: 10 });
    waits.kill('SIGKILL');
    await assert.rejects(waiting, /ended with SIGKILL before it is ready; see its\.log/);
    await child.stop();
  });

  it('is made to end where it does not by itself', async () => {
    const child = new Child(await start("process.on('SIGTERM', () => {})"), { graceMs: 50 });
    await child.stop();
    assert.equal(await child.ended, 'SIGKILL');
  });

  it('has ended where it could not start', async () => {
    const child = new Child(spawn('/nowhere/at-all'));
    assert.match(await child.ended, /ENOENT/);
    await child.stop();
  });

  it('is not waited for beyond the time', async () => {
    const child = new Child(await start(''));
    try {
      await assert.rejects(
        child.until('it is ready', never, { withinMs: 20, intervalMs: 10 }),
        /not within 0\.02 s: it is ready/,
      );
    } finally {
      await child.stop();
    }
  });
});

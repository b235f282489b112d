import { coalesced } from './coalesced';

describe('coalesced', () => {
  it('runs once for all that come together, and again for those that come meanwhile', async () => {
    const ends: (() => void)[] = [];
    const run = jest.fn(
      () =>
        new Promise<void>(resolve => {
          ends.push(resolve);
        }),
    );
    const sync = coalesced(run);
    const first = sync();
    const [second, third] = [sync(), sync()];
    expect(run).toHaveBeenCalledTimes(1);
    ends[0]();
    await first;
    await new Promise(setImmediate);
    expect(run).toHaveBeenCalledTimes(2);
    ends[1]();
    await Promise.all([second, third]);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('fails those who waited for it, and none after', async () => {
    let failing = true;
    const sync = coalesced(async () => {
      if (failing) throw new Error('database away');
    });
    await expect(sync()).rejects.toThrow('database away');
    failing = false;
    await expect(sync()).resolves.toBeUndefined();
  });
});

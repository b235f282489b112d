/** Thrown by a check that cannot run here, with the reason. */
export class Skipped extends Error {}

/** Counts checks and says each in one line; every failure with its message below. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  async check(name: string, check: () => unknown): Promise<boolean> {
    const started = Date.now();
    try {
      const note = await check();
      this.passed += 1;
      const seconds = (Date.now() - started) / 1000;
      console.log(
        `ok    ${name}${typeof note === 'string' ? ` · ${note}` : ''}${seconds >= 2 ? ` (${Math.round(seconds)} s)` : ''}`,
      );
      return true;
    } catch (error) {
      if (error instanceof Skipped) {
        this.skipped += 1;
        console.log(`skip  ${name} · ${error.message}`);
        return true;
      }
      this.failed += 1;
      console.log(
        `FAIL  ${name}\n      ${(error as Error).message.trim().replace(/\n/g, '\n      ')}`,
      );
      return false;
    }
  }
}

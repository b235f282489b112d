/** Gives real sockets their turns until a condition holds; no test waits for time. */
export async function until(condition: () => boolean, what = String(condition)): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise(resolve => {
      setTimeout(resolve, 2);
    });
  }
}

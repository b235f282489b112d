import type { EntityHealth } from '@waymark/backstage-plugin-workload-health-common';
import { RenderedAnswers } from './RenderedAnswers';

describe('RenderedAnswers', () => {
  const made: string[] = [];
  const view = (entityRef: string, version: string) => ({
    entityRef,
    version,
    health: async () => {
      made.push(`${entityRef} ${version}`);
      return { entityRef, at: version } as EntityHealth;
    },
  });

  beforeEach(() => {
    made.length = 0;
  });

  it('makes an answer once for all who ask for the same version, together or later', async () => {
    const answers = new RenderedAnswers();
    const [first, second] = await Promise.all([
      answers.bodyOf(view('component:a/b', '1')),
      answers.bodyOf(view('component:a/b', '1')),
    ]);
    expect(JSON.parse(first.toString())).toEqual({ entityRef: 'component:a/b', at: '1' });
    expect(second).toBe(first);
    expect(await answers.bodyOf(view('component:a/b', '1'))).toBe(first);
    expect(made).toEqual(['component:a/b 1']);
  });

  it('makes it anew for another version, and never takes one entity for another', async () => {
    const answers = new RenderedAnswers();
    await answers.bodyOf(view('component:a/b', '1'));
    const newer = await answers.bodyOf(view('component:a/b', '2'));
    expect(JSON.parse(newer.toString()).at).toBe('2');
    const other = await answers.bodyOf(view('component:a/c', '2'));
    expect(JSON.parse(other.toString()).entityRef).toBe('component:a/c');
  });

  it('fails those who waited for it, and none after', async () => {
    const answers = new RenderedAnswers();
    const away = { ...view('component:a/b', '1'), health: () => Promise.reject(new Error('away')) };
    await expect(answers.bodyOf(away)).rejects.toThrow('away');
    await expect(answers.bodyOf(view('component:a/b', '1'))).resolves.toBeDefined();
  });

  it('lets the oldest go when they weigh too much', async () => {
    const { length } = JSON.stringify({ entityRef: 'component:a/0', at: '1' });
    const answers = new RenderedAnswers({ mostBytes: 2 * length });
    for (const name of ['0', '1', '2']) await answers.bodyOf(view(`component:a/${name}`, '1'));
    made.length = 0;
    await answers.bodyOf(view('component:a/2', '1'));
    await answers.bodyOf(view('component:a/1', '1'));
    expect(made).toEqual([]);
    await answers.bodyOf(view('component:a/0', '1'));
    expect(made).toEqual(['component:a/0 1']);
  });
});

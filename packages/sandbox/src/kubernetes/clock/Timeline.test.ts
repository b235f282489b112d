import { Timeline, type WallClock } from './Timeline';

const start = new Date('2026-01-01T00:00:00Z');

it('runs what falls due in order, also what that plans', () => {
  const timeline = Timeline.startingAt(start);
  const seen: string[] = [];
  const note = (text: string) => () =>
    seen.push(`${text}@${timeline.now().getTime() - start.getTime()}`);
  timeline.after(20, note('b'));
  timeline.after(10, () => {
    note('a')();
    timeline.after(5, note('a+5'));
    timeline.after(100, note('late'));
  });
  timeline.after(20, note('c'));
  timeline.after(20, note('never'))();
  timeline.advanceBy(50);
  expect(seen).toEqual(['a@10', 'a+5@15', 'b@20', 'c@20']);
  expect(timeline.now().getTime() - start.getTime()).toBe(50);
});

it('follows the wall clock from where it was told to, the past first', () => {
  const timeline = Timeline.startingAt(start);
  const timers: { due: number; run: () => void }[] = [];
  let now = start.getTime() + 1000;
  const wall: WallClock = {
    now: () => now,
    setTimer: (milliseconds, run) => {
      const timer = { due: now + milliseconds, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
  };
  const seen: string[] = [];
  timeline.after(10, () => seen.push('past'));
  timeline.after(5000, () => seen.push('future'));
  timeline.followWallClock(wall);
  const fire = () =>
    timers.splice(0, 1).forEach(({ due, run }) => {
      now = Math.max(now, due);
      run();
    });
  fire();
  expect(seen).toEqual(['past']);
  expect(timers).toHaveLength(1);
  timeline.after(100, () => seen.push('sooner'));
  fire();
  expect(seen).toEqual(['past', 'sooner']);
  fire();
  expect(seen).toEqual(['past', 'sooner', 'future']);
  expect(timers).toEqual([]);
  expect(() => timeline.advanceBy(1)).toThrow('follows the wall clock');
});

it('drops everything when it is stopped', () => {
  const timeline = Timeline.startingAt(start);
  let ran = false;
  timeline.after(10, () => {
    ran = true;
  });
  timeline.stop();
  timeline.advanceBy(100);
  expect(ran).toBe(false);
});

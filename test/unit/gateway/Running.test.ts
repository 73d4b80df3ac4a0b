import { Running } from '../../../src/gateway/Running.js';

test('whatever order things end in, the others are still known to run', async () => {
  const running = new Running<{ slot: number }>();
  const [first, second, third] = [{ slot: -1 }, { slot: -1 }, { slot: -1 }];
  for (const one of [first, second, third]) running.add(one);
  running.delete(first);
  running.delete(first);
  expect(new Set(running.all())).toEqual(new Set([second, third]));
  let ended = false;
  const none = running.none().then(() => (ended = true));
  running.delete(third);
  await Promise.resolve();
  expect(ended).toBe(false);
  running.delete(second);
  await none;
  expect(running.all()).toEqual([]);
});

import { Slots } from '../../../src/access/Slots.js';

const never = new AbortController().signal;

test('those who wait come in the order they came, and too many are turned away', async () => {
  const slots = new Slots(1, 2);
  const order: string[] = [];
  expect(await slots.enter(never)).toBe(true);
  const waiting = ['first', 'second'].map(async (name) => {
    await slots.enter(never);
    order.push(name);
    slots.leave();
  });
  expect(await slots.enter(never)).toBe(false);
  slots.leave();
  await Promise.all(waiting);
  expect(order).toEqual(['first', 'second']);
  expect(await slots.enter(never)).toBe(true);
});

test('who goes away leaves the queue', async () => {
  const slots = new Slots(1, 1);
  await slots.enter(never);
  const gone = new AbortController();
  const waiting = slots.enter(gone.signal);
  gone.abort();
  expect(await waiting).toBe(false);
  const next = slots.enter(never);
  slots.leave();
  expect(await next).toBe(true);
});

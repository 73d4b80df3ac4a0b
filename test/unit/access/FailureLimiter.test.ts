import { callerOf } from '../../../src/access/callerOf.js';
import { FailureLimiter } from '../../../src/access/FailureLimiter.js';

function limiter(options: { burst?: number; remembered?: number } = {}) {
  let now = 0;
  const failures = new FailureLimiter({ burst: 3, refillMs: 2000, now: () => now, ...options });
  const fail = (who: string, times: number): void => {
    for (let at = 0; at < times; at += 1) failures.failed(who);
  };
  return { failures, fail, pass: (ms: number) => void (now += ms) };
}

describe('who fails too often', () => {
  test('waits once the tries are used up, and has one more after each pause', () => {
    const { failures, fail, pass } = limiter();
    fail('a', 2);
    expect(failures.waitOf('a')).toBe(0);
    fail('a', 1);
    expect(failures.waitOf('a')).toBe(2);
    pass(1500);
    expect(failures.waitOf('a')).toBe(1);
    pass(500);
    expect(failures.waitOf('a')).toBe(0);
    fail('a', 1);
    expect(failures.waitOf('a')).toBe(2);
  });

  test('has no more tries than the first time, however long they rest', () => {
    const { failures, fail, pass } = limiter();
    fail('a', 3);
    pass(1_000_000);
    fail('a', 3);
    expect(failures.waitOf('a')).toBe(2);
  });

  test('keeps nobody else from anything', () => {
    const { failures, fail } = limiter();
    fail('a', 50);
    expect(failures.waitOf('b')).toBe(0);
  });

  test('gets a try back that was none', () => {
    const { failures, fail } = limiter();
    fail('a', 3);
    failures.forgive('a');
    failures.forgive('nobody');
    expect(failures.waitOf('a')).toBe(0);
  });

  test('takes no more memory than for so many: the longest unseen is forgotten', () => {
    const { failures, fail } = limiter({ burst: 1, remembered: 2 });
    for (const who of ['a', 'b', 'a', 'c']) fail(who, 1);
    expect(['a', 'b', 'c'].map((who) => failures.waitOf(who) > 0)).toEqual([true, false, true]);
  });
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1:2:3%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the address %s counts as %s', (remoteAddress, caller) => {
  expect(callerOf({ remoteAddress })).toBe(caller);
});

test('a connection that is closed already counts as somebody', () => {
  expect(callerOf({})).toBe('::/64');
});

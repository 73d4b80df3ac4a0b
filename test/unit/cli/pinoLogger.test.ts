import { createPinoLogger } from '../../../src/cli/pinoLogger.js';

const logged = (level: string, log: (logger: ReturnType<typeof createPinoLogger>) => void): string[] => {
  const lines: string[] = [];
  log(createPinoLogger({ level, write: (line) => void lines.push(line) }));
  return lines;
};

test('a line is JSON with level, time, message and the fields, those of the child included', () => {
  const [line = ''] = logged('info', (logger) =>
    logger.child?.({ service: 'gateway' }).info('Taking calls', { port: 1 }),
  );
  const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  expect(rest).toEqual({ level: 'info', message: 'Taking calls', service: 'gateway', port: 1 });
  expect(new Date(String(time)).toISOString()).toBe(time);
});

test.each([
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['silent', 0],
])('at level %s %i of the four kinds of lines are written', (level, count) => {
  const lines = logged(level, (logger) => {
    logger.debug('d');
    logger.info('i');
    logger.warn('w');
    logger.error('e');
  });
  expect(lines).toHaveLength(count);
});

test.each([
  ['a key in an error text', { error: 'bad key sk-proj-abcdefghijklmnop1234' }],
  ['a bearer in a text', { detail: 'sent Bearer sk-abcdefghijklmnop1234 to it' }],
  ['another bearer', { detail: 'Authorization: Bearer eyJabcdefghijklmnop1234.x.y' }],
  ['a header', { headers: { authorization: 'abcdefghijklmnop1234' } }],
  ['a token', { token: 'abcdefghijklmnop1234' }],
  ['a body', { body: 'abcdefghijklmnop1234' }],
  ['messages', { call: { messages: ['abcdefghijklmnop1234'] } }],
])('%s is never written', (_, fields) => {
  const [line = ''] = logged('info', (logger) => logger.info('Something failed', fields));
  expect(JSON.parse(line)).toMatchObject({ message: 'Something failed' });
  expect(line).toContain('***');
  expect(line).not.toContain('abcdefghijklmnop1234');
});

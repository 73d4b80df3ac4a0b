import { USER_OUTCOMES } from '../../../src/call/userOutcome.js';
import { configOf } from '../../helpers/configOf.js';

test('without outcomes in the file they are those of the library', () => {
  expect(configOf().outcomes).toEqual(USER_OUTCOMES);
});

test('outcomes of the file take their place', () => {
  expect(configOf('outcomes: [bought, left]').outcomes).toEqual(['bought', 'left']);
});

test.each([
  ['outcomes: []', 'outcomes'],
  ['outcomes: [bought, bought]', 'each outcome once is allowed'],
  ['outcomes: ["Thumbs Up"]', 'outcomes[0]'],
  ['attribution: { labels: [outcome] }', 'this label is taken by the metrics themselves'],
])('%s is a mistake', (yaml, message) => {
  expect(() => configOf(yaml)).toThrow(message);
});

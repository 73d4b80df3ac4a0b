import { readVariable } from '../../../src/preview/web/dashboard/readVariable.js';
import { valueOf } from '../../../src/preview/web/query/resolveVariables.js';
import { parseVariableQuery, refineOptions } from '../../../src/preview/web/query/variableQuery.js';

test.each([
  ['label_values(model)', { kind: 'label_values', label: 'model', metric: '' }],
  ['label_values(up, job)', { kind: 'label_values', label: 'job', metric: 'up' }],
  ['label_values(x{a=~"b,c", d="e"}, model)', { kind: 'label_values', label: 'model', metric: 'x{a=~"b,c", d="e"}' }],
  ['label_names()', { kind: 'label_names', metric: '' }],
  ['metrics(ai_.*)', { kind: 'metrics', pattern: 'ai_.*' }],
  ['query_result(topk(3, x))', { kind: 'query_result', expr: 'topk(3, x)' }],
  ['up', undefined],
])('the variable query %s is understood', (text, expected) => {
  expect(parseVariableQuery(text)).toEqual(expected);
});

test.each([
  [['b', 'a', 'a'], '', 0, ['b', 'a']],
  [['b', 'a'], '', 1, ['a', 'b']],
  [['b', 'a'], '', 2, ['b', 'a']],
  [['x10', 'x9'], '', 3, ['x9', 'x10']],
  [['gpt-4o', 'o3'], '/^gpt/', 0, ['gpt-4o']],
  [['gpt-4o', 'o3'], '/gpt-(.*)/', 0, ['4o']],
  [['a'], '/(/', 0, ['a']],
])('the options %p with the regex %p and the order %d are %p', (values, regex, sort, expected) => {
  expect(refineOptions(values, regex, sort)).toEqual(expected);
});

const variable = (json: object) => readVariable({ name: 'model', type: 'query', query: 'q', ...json })!;
const many = { multi: true, includeAll: true, allValue: '.*' };

test.each([
  ['all, when it says so', variable(many), ['a', 'b'], ['$__all'], { text: 'All', isAll: true }],
  ['all, when nothing is chosen', variable(many), ['a', 'b'], [], { text: 'All', isAll: true }],
  ['those that are chosen', variable(many), ['a', 'b'], ['b'], { values: ['b'], isAll: false }],
  ['one that has gone quiet', variable(many), ['a'], ['gone'], { values: ['gone'] }],
  ['the first, when one must be chosen', variable({}), ['a', 'b'], [], { values: ['a'] }],
  ['only one, where only one can be', variable({}), ['a', 'b'], ['b', 'a'], { values: ['b'] }],
  ['a constant', variable({ type: 'constant', query: '5' }), [], ['6'], { values: ['5'] }],
  ['free text', variable({ type: 'textbox', query: 'x' }), [], ['y'], { values: ['y'] }],
  [
    'everything, when the options can not be had',
    variable({ ...many, allValue: '' }),
    [],
    ['$__all'],
    { allValue: '.*' },
  ],
])('a variable stands for %s', (_, own, options, asked, expected) => {
  expect(valueOf(own, options, asked)).toMatchObject(expected);
});

test('a variable of an unknown type is left out', () => {
  expect(readVariable({ name: 'x', type: 'adhoc' })).toBeUndefined();
});

import { mergeUnits, unitsOfAnswer, unitsOfRequest } from '../../../src/call/readUnits.js';

describe('what a request asks for beside tokens', () => {
  test.each([
    ['speech', { input: 'Grüße 👋', voice: 'alloy' }, { characters: 7 }],
    ['speech', { input: '' }, { characters: 0 }],
    ['speech', { input: 7 }, undefined],
    ['images', {}, { images: { count: 1 } }],
    ['images', { n: 3, size: '1024x1024', quality: 'hd' }, { images: { count: 3, size: '1024x1024', quality: 'hd' } }],
    ['images', { n: -1, size: 'auto', quality: 'auto' }, { images: { count: 1 } }],
    ['chat', { input: 'text', n: 2 }, undefined],
    ['speech', 'no object', undefined],
  ] as const)('%s %j', (operation, body, expected) => {
    expect(unitsOfRequest(operation, body)).toEqual(expected);
  });
});

describe('what an answer tells', () => {
  test.each([
    [{ text: 'hello', usage: { type: 'duration', seconds: 3 } }, { audioSeconds: 3 }],
    [{ text: 'hello', duration: 3.42 }, { audioSeconds: 3.42 }],
    [{ text: 'hello', duration: -1 }, undefined],
    [{ text: 'hello', usage: { type: 'tokens', input_tokens: 5 } }, undefined],
    [{ duration: 3 }, undefined],
    [{ data: [{ b64_json: 'x' }, { url: 'y' }], size: '1024x1024' }, { images: { count: 2, size: '1024x1024' } }],
    [{ data: [{ embedding: [1] }] }, undefined],
    [{ data: [] }, undefined],
    [{}, undefined],
  ])('%j', (answer, expected) => {
    expect(unitsOfAnswer(answer)).toEqual(expected);
  });
});

test.each([
  [undefined, undefined, undefined],
  [{ characters: 5 }, undefined, { characters: 5 }],
  [undefined, { audioSeconds: 5 }, { audioSeconds: 5 }],
  [
    { images: { count: 3, size: '256x256', quality: 'hd' } },
    { images: { count: 2, size: '512x512' } },
    { images: { count: 2, size: '512x512', quality: 'hd' } },
  ],
])('the answer goes before the request: %j and %j', (asked, told, expected) => {
  expect(mergeUnits(asked, told)).toEqual(expected);
});

import { describe, expect, it } from 'vitest';
import { positionAt, stepPlace } from '@/views/shared/order/order.ts';
import { complete, completionsAt, markErrors } from './completion.ts';
import { bodyOf, draftOf } from './field-draft.ts';
import { type FormulaTemplate, fillTemplate, matchRoles, plainFormula } from './formula.ts';
import { cleanKey, isKey, proposeKey } from './project-key.ts';

describe('proposeKey', () => {
  it.each([
    ['Insure', [], 'INS'],
    ['Travel cover', [], 'TC'],
    ['Ökologische Häuser', [], 'OH'],
    ['Insure', ['INS', 'INS2'], 'INS3'],
    ['X', [], 'XX'],
    ['2026 roadmap', [], 'ROA'],
    ['家財保険', [], ''],
    ['', [], ''],
    ['A very long name of seven words', [], 'AVLNO'],
  ])('%j with %j taken gives %j', (name, taken, key) => {
    expect(proposeKey(name, taken)).toBe(key);
    if (key) expect(isKey(key)).toBe(true);
  });
  it('cleans what is typed', () => {
    expect(cleanKey('in-s é1 and more than ten')).toBe('INSE1ANDMO');
    expect([isKey('I'), isKey('1NS'), isKey('ABCDEFGHIJK'), isKey('IN2')]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('positionAt', () => {
  const items = [
    { ref: 'a', position: 1 },
    { ref: 'b', position: 2 },
    { ref: 'c', position: 4 },
  ];
  it.each([
    ['c', { ref: 'a', side: 'before' }, 0],
    ['c', { ref: 'a', side: 'after' }, 1.5],
    ['a', { ref: 'c', side: 'after' }, 5],
    ['a', { ref: 'b', side: 'after' }, 3],
    ['a', { ref: 'b', side: 'before' }, undefined],
    ['b', { ref: 'a', side: 'after' }, undefined],
    ['a', { ref: 'a', side: 'before' }, undefined],
    ['a', { ref: 'x', side: 'before' }, undefined],
  ] as const)('%s to %j is %s', (moved, place, position) => {
    expect(positionAt(items, moved, place)).toBe(position);
  });
  it('steps up and down, not beyond the ends', () => {
    expect(stepPlace(items, 'b', -1)).toEqual({ ref: 'a', side: 'before' });
    expect(stepPlace(items, 'b', 1)).toEqual({ ref: 'c', side: 'after' });
    expect(stepPlace(items, 'c', 1)).toBeUndefined();
  });
});

describe('completion', () => {
  const names = {
    fields: [
      { name: 'Impact score', detail: '' },
      { name: 'Impact', detail: '' },
      { name: 'Time to impact', detail: '' },
      { name: 'Aufwand (Größe)', detail: '' },
    ],
    functions: [
      { name: 'if', signature: 'if(condition, then)' },
      { name: 'is_empty', signature: 'is_empty(value)' },
    ],
  };
  const labels = (text: string, cursor = text.length) =>
    completionsAt(text, cursor, names)?.items.map((item) => item.label);

  it('offers names that begin so before those that hold it, the short first', () => {
    expect(labels('2 * imp')).toEqual(['Impact', 'Impact score', 'Time to impact']);
  });
  it('offers functions, and fields only within braces', () => {
    expect(labels('is')).toEqual(['is_empty']);
    expect(labels('{i')).toEqual(['Impact', 'Impact score', 'Time to impact']);
    expect(labels('{')).toHaveLength(4);
  });
  it('finds names without their accents', () => {
    expect(labels('{grosse')).toBeUndefined();
    expect(labels('{große')).toEqual(['Aufwand (Größe)']);
  });
  it('is silent within texts, after numbers and where nothing fits', () => {
    expect([labels('"imp'), labels('12'), labels('xyz'), labels('')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('replaces what was begun, also in the middle', () => {
    const text = '{Imp} / 2';
    const offered = completionsAt(text, 4, names);
    expect(offered).toBeDefined();
    if (!offered?.items[0]) return;
    expect(complete(text, offered, offered.items[0])).toEqual({ text: '{Impact} / 2', cursor: 8 });
  });
  it('does not double the bracket of a function', () => {
    const offered = completionsAt('i(1)', 1, { fields: [], functions: names.functions });
    expect(offered?.items[0] && complete('i(1)', offered, offered.items[0])).toEqual({
      text: 'if(1)',
      cursor: 3,
    });
  });
});

it('marks mistakes by characters, not by halves of them', () => {
  expect(markErrors('😀 + foo', [{ pos: 4, end: 7 }])).toEqual([
    { text: '😀 + ', wrong: false },
    { text: 'foo', wrong: true },
  ]);
  expect(markErrors('1 +', [{ pos: 3, end: 3 }]).at(-1)).toEqual({ text: ' ', wrong: true });
  expect(markErrors('ab', [])).toEqual([{ text: 'ab', wrong: false }]);
});

describe('formula templates', () => {
  const template: FormulaTemplate = {
    id: 'rice',
    name: 'RICE',
    help: '',
    kind: 'expression',
    expression: '{Reach} * {Impact} / {Effort}',
    roles: ['Reach', 'Impact', 'Effort'].map((name) => ({ name, help: '', type: 'number' })),
  };
  it('finds players by name and puts them in, all at once', () => {
    const fields = [
      { name: 'impact', ref: 'f1' },
      { name: 'Effort', ref: 'f2' },
    ];
    expect(matchRoles(template, fields)).toEqual({ Impact: 'f1', Effort: 'f2' });
    const players = {
      Reach: { name: 'Impact', ref: 'f9' },
      Impact: { name: 'Effort', ref: 'f1' },
      Effort: { name: 'Size', ref: 'f2' },
    };
    expect(fillTemplate(template, players)).toEqual({
      kind: 'expression',
      expression: '{Impact} * {Effort} / {Size}',
    });
  });
  it('sends only what the kind has', () => {
    const inputs = [{ field: 'f1', weight: 2 }];
    expect(plainFormula({ kind: 'sum', inputs, expression: 'x' })).toEqual({
      kind: 'sum',
      inputs: [{ field: 'f1' }],
    });
    expect(plainFormula({ kind: 'expression', inputs, expression: 'x' })).toEqual({
      kind: 'expression',
      expression: 'x',
    });
  });
});

it('sends of a field what its type has, without options that have no name', () => {
  const draft = {
    ...draftOf(undefined),
    name: ' Roadmap ',
    options: [
      { id: 4, name: 'Now', color: 'green' },
      { id: 0, name: 'Next', color: 'blue' },
      { id: 0, name: ' ', color: 'gray' },
    ],
  };
  expect(bodyOf({ ...draft, type: 'select' })).toMatchObject({
    name: 'Roadmap',
    options: [
      { id: 4, name: 'Now', color: 'green' },
      { name: 'Next', color: 'blue' },
    ],
  });
  expect(bodyOf({ ...draft, type: 'number' })).not.toHaveProperty('options');
});

it('sends which ideas a connection holds, also when it no longer says', () => {
  const connection = { projects: [1], types: [11] };
  const field = { ref: 'f9', name: 'Tested by', type: 'connection', options: [], position: 1 } as const;
  const draft = draftOf({ ...field, id: 9, connection });
  expect(bodyOf(draft)).toMatchObject({ connection });
  expect(bodyOf({ ...draft, connection: {} })).toHaveProperty('connection', {});
  expect(bodyOf({ ...draft, type: 'number' })).not.toHaveProperty('connection');
});

import { describe, expect, it } from 'vitest';
import {
  completingAt,
  fileAddress,
  fileLink,
  matchPeople,
  type Target,
  targetOf,
  toStored,
  toTyped,
} from './mention-text.ts';

const names: Record<string, string> = {
  'person/7': 'Ada Admin',
  'person/8': 'Ada',
  'person/9': 'Ada',
  'idea/3': 'INS-3',
};
const name = ({ kind, id }: Target) => names[`${kind}/${id}`];

// CONV-1
describe('a stored text that is edited and stored again is the same', () => {
  it.each([
    'hi [@Ada Admin](cairn:person/7) and [@Ada](cairn:person/8)',
    'see [INS-3](cairn:idea/3), `[INS-3](cairn:idea/3)` and INS-30',
    '```\n[@Ada Admin](cairn:person/7)\n```\n[@Ada Admin](cairn:person/7)',
    '[@Gone](cairn:person/99) stays',
    '[@Ada](cairn:person/8) and [@Ada](cairn:person/9) are two',
    'a [link](https://example.com/@Ada) and [@Ada](cairn:person/8)',
  ])('%s', (stored) => {
    const { text, known } = toTyped(stored, name);
    expect(toStored(text, known)).toBe(stored);
  });
});

it('shows names of today', () => {
  const { text } = toTyped('hi [@Old Name](cairn:person/7)', name);
  expect(text).toBe('hi @Ada Admin');
});

it.each([
  ['@', 1, { sign: '@', query: '', from: 0 }],
  ['hi @ad', 6, { sign: '@', query: 'ad', from: 3 }],
  ['hi @ada ad', 10, { sign: '@', query: 'ada ad', from: 3 }],
  ['(#onb', 5, { sign: '#', query: 'onb', from: 1 }],
  ['mail@ad', 7, undefined],
  ['# Heading', 9, undefined],
  ['@a b c d', 8, undefined],
  ['a\n@b', 4, { sign: '@', query: 'b', from: 2 }],
])('completes %j at %d', (text, caret, want) => {
  expect(completingAt(text, caret)).toEqual(want);
});

it('finds people by the beginnings of their names', () => {
  const people = [
    { name: 'Bob Adams' },
    { name: 'Ådne Berg' },
    { name: 'Zoe', email: 'adele@example.com' },
    { name: 'Vlad' },
  ];
  expect(matchPeople(people, 'ad').map((person) => person.name)).toEqual([
    'Ådne Berg',
    'Bob Adams',
    'Zoe',
    'Vlad',
  ]);
});

it.each([
  ['cairn:person/7', { kind: 'person', id: 7 }],
  ['cairn:view/7', undefined],
  ['cairn:person/7x', undefined],
  ['javascript:1', undefined],
])('%s leads to %j', (href, want) => {
  expect(targetOf(href)).toEqual(want);
});

// FILE-2
it('names attached files', () => {
  expect(fileAddress('cairn:file/12')).toBe('/api/v1/files/12/content');
  expect(fileAddress('cairn:file/12/../13')).toBeUndefined();
  expect(fileLink({ id: 1, name: 'a [b].png', inline: true })).toBe('![a \\[b\\].png](cairn:file/1)');
  expect(fileLink({ id: 1, name: 'a.pdf', inline: false })).toBe('[a.pdf](cairn:file/1)');
});

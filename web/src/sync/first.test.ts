import { beforeEach, expect, it, vi } from 'vitest';

const answer = {
  seq: 9,
  total: 1,
  length: 1,
  offset: 0,
  columns: ['title'],
  rows: [[7, 1, 8, null, 0, 'A']],
};
const page = {
  account: { id: 1 },
  workspace: { seq: 12 },
  project: { key: 'INS', seq: 10 },
  result: {
    view: 3,
    query: { sort: [{ field: 'f1', desc: true }], filter: {} },
    columns: ['title'],
    colors: null,
    answer,
  },
};
const question = {
  query: { filter: {}, sort: [{ desc: true, field: 'f1' }] },
  columns: ['title'],
  colors: [],
};

async function load(first: unknown) {
  document.body.innerHTML = '';
  if (first) {
    const block = document.createElement('script');
    block.type = 'application/json';
    block.id = 'first';
    block.textContent = JSON.stringify(first);
    document.body.append(block);
  }
  return import('./first.ts');
}

beforeEach(() => vi.resetModules());

it('FP-6: gives the rows once, to the question that they answer', async () => {
  const { takeFirstResult } = await load(page);
  expect(takeFirstResult('OTHER', question)).toBeUndefined();
  expect(takeFirstResult('INS', { ...question, query: {} })).toBeUndefined();
  expect(takeFirstResult('INS', { ...question, columns: ['title', 'f1'] })).toBeUndefined();
  expect(takeFirstResult('INS', { ...question, colorBy: 'f1' })).toBeUndefined();
  expect(takeFirstResult('INS', question)).toMatchObject({ seq: 9, length: 1, rows: answer.rows });
  expect(takeFirstResult('INS', question)).toBeUndefined();
});

it('FP-6: follows the log from the earliest of the answers, once', async () => {
  const { takeFirstPosition } = await load(page);
  expect(takeFirstPosition('OTHER')).toBeUndefined();
  expect(takeFirstPosition('INS')).toBe(9);
  expect(takeFirstPosition('INS')).toBeUndefined();
});

it('has nothing in a bare page', async () => {
  const { firstAnswers, takeFirstPosition, takeFirstResult } = await load(undefined);
  expect(firstAnswers()).toEqual({});
  expect(takeFirstPosition('INS')).toBeUndefined();
  expect(takeFirstResult('INS', question)).toBeUndefined();
});

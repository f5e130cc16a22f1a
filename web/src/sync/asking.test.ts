import { expect, it } from 'vitest';
import { ApiError } from '@/api/error.ts';
import { CalledOff, createReasons } from './asking.ts';
import { headersOf } from './calls.ts';

const refusal = () =>
  new ApiError('invalid', 'Say why', {
    fields: [
      { field: 'reason', message: 'Say why in one line' },
      { field: 'f3', message: 'This project asks why Status changes' },
    ],
  });

it('asks what the project asks, and writes again with the reason in its group', async () => {
  const reasons = createReasons();
  const seen: unknown[] = [];
  const write = reasons.given('g1', async () => {
    const headers = headersOf('g1');
    seen.push(headers);
    if (!headers['Cairn-Reason']) throw refusal();
    return 'written';
  });
  await expect.poll(() => reasons.asking.get()?.questions).toEqual(['This project asks why Status changes']);
  reasons.asking.get()?.answer('Größer');
  expect(await write).toBe('written');
  expect(seen).toEqual([
    { 'Cairn-Group': 'g1' },
    { 'Cairn-Group': 'g1', 'Cairn-Reason': encodeURIComponent('Größer') },
  ]);
  expect(headersOf('g2')).toEqual({ 'Cairn-Group': 'g2' });
  expect(reasons.asking.get()).toBeNull();
});

it('gives up when it is called off, and asks one thing after the other', async () => {
  const reasons = createReasons();
  const first = reasons.given('a', () => Promise.reject(refusal()));
  const second = reasons.given('b', () => Promise.reject(refusal()));
  const ends = Promise.allSettled([first, second]);
  await expect.poll(() => reasons.asking.get()).not.toBeNull();
  const one = reasons.asking.get();
  one?.answer(undefined);
  await expect.poll(() => reasons.asking.get() !== null && reasons.asking.get() !== one).toBe(true);
  reasons.asking.get()?.answer(undefined);
  for (const end of await ends)
    expect(end).toMatchObject({ status: 'rejected', reason: expect.any(CalledOff) });
});

it('passes on every other failure', async () => {
  const reasons = createReasons();
  const other = new ApiError('invalid', 'Too long', { fields: [{ field: 'title', message: 'Too long' }] });
  await expect(reasons.given('a', () => Promise.reject(other))).rejects.toBe(other);
  expect(reasons.asking.get()).toBeNull();
});

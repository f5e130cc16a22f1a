import { expect, it } from 'vitest';
import { wording } from './wording.ts';

it('shows a line of which the title is the beginning once', () => {
  const note = 'We print  everything on Fridays';
  expect(wording({ title: 'We print everything…', note })).toEqual({
    title: 'We print everything on Fridays',
    note: '',
  });
  expect(wording({ title: 'All of it', note: 'All of it' })).toEqual({ title: 'All of it', note: '' });
});

it('leaves alone what is said in other words, and notes of several lines', () => {
  for (const one of [
    { title: 'Printing', note: 'We print everything' },
    { title: 'We print', note: 'We print everything' },
    { title: 'We print…', note: 'We print\n\non Fridays' },
    { title: 'We print', note: '' },
  ]) {
    expect(wording(one)).toEqual(one);
  }
});

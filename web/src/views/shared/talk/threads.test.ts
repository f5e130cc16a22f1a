import { expect, it } from 'vitest';
import { type Comment, quoteOf, threadsOf } from './threads.ts';

const comment = (id: number, thread?: number) => ({ id, thread, body: '' }) as Comment;

// CONV-6
it('sorts replies to their threads', () => {
  const threads = threadsOf([comment(1), comment(2), comment(3, 1), comment(4, 9), comment(5, 1)]);
  expect(threads.map(({ first, replies }) => [first.id, ...replies.map((reply) => reply.id)])).toEqual([
    [1, 3, 5],
    [2],
    [4],
  ]);
});

it('quotes what is selected, or the beginning', () => {
  expect(quoteOf('a\n\nb', '')).toBe('> a\n>\n> b\n\n');
  expect(quoteOf('a\nb', ' b ')).toBe('> b\n\n');
  expect(quoteOf('1\n2\n3\n4\n5\n6\n7', '').split('\n')).toHaveLength(9);
});

import { expect, test } from 'vitest';
import { sameTask, tasksOf, tickTask } from './tasks.ts';

const text = `# Plan

- [ ] Ask **Ada**
- [x] Ask Ben
  - [ ] twice
    1. [X] and again

\`\`\`
- [ ] no task, but code
\`\`\`

> * [ ] quoted

    - [ ] code as well

| - [ ] a | b |
| --- | --- |
| [ ] | no |

1) [ ] last
[ ] no list
- [ ]without a space
`;

test('tasks are found where they are shown', () => {
  expect(tasksOf(text).map((task) => [task.text, task.done])).toEqual([
    ['Ask **Ada**', false],
    ['Ask Ben', true],
    ['twice', false],
    ['and again', true],
    ['quoted', false],
    ['last', false],
  ]);
  expect(tasksOf('No tasks')).toEqual([]);
});

test('a tick changes one letter of the text', () => {
  const all = tasksOf(text);
  all.forEach((task, at) => {
    const next = tickTask(text, at, !task.done);
    expect(next).toHaveLength(text.length);
    expect([...(next ?? '')].filter((letter, n) => letter !== text[n])).toHaveLength(1);
    expect(tasksOf(next ?? '')).toEqual(all.map((one, n) => (n === at ? { ...one, done: !one.done } : one)));
    expect(tickTask(next ?? '', at, task.done)).toBe(text.replace('[X]', at === 3 ? '[x]' : '[X]'));
  });
  expect(tickTask(text, 1, true)).toBe(text);
  expect(tickTask(text, 6, true)).toBeUndefined();
});

test('equal tasks are told apart by their place', () => {
  expect(tickTask('- [ ] a\n- [ ] a\n- [ ] a', 1, true)).toBe('- [ ] a\n- [x] a\n- [ ] a');
});

test('line ends and indents of all kinds are kept', () => {
  expect(tickTask('- [ ] a\r\n\t- [ ] b\r\n', 1, true)).toBe('- [ ] a\r\n\t- [x] b\r\n');
  expect(tickTask('- - [ ] a', 0, true)).toBe('- - [x] a');
});

test('a task is found again in a changed text, or not at all', () => {
  const task = { text: 'b', done: false };
  expect(sameTask('- [ ] a\n- [ ] b', task, 1)).toBe(1);
  expect(sameTask('- [ ] new\n- [ ] a\n- [ ] b', task, 1)).toBe(2);
  expect(sameTask('- [ ] b\n- [ ] a\n- [ ] b', task, 1)).toBeUndefined();
  expect(sameTask('- [ ] a', task, 1)).toBeUndefined();
});

import { lexer, type Token, type Tokens } from 'marked';

/** One line of a task list. */
export interface Task {
  /** What is to be done, as it is written. */
  text: string;
  done: boolean;
}

/** The items of task lists among tokens, in the order in which they are shown. */
export function taskItems(tokens: readonly Token[]): Tokens.ListItem[] {
  const found: Tokens.ListItem[] = [];
  const walk = (list: readonly Token[]) => {
    for (const token of list) {
      const { items, tokens: inner } = token as Tokens.Generic;
      if (token.type === 'list') {
        for (const item of items as Tokens.ListItem[]) {
          if (item.task) found.push(item);
          walk(item.tokens);
        }
      } else if (token.type !== 'table' && inner) walk(inner);
    }
  };
  walk(tokens);
  return found;
}

/** What a task says, in one line. */
export const taskText = (item: Tokens.ListItem) =>
  (item.text.split('\n')[0] ?? '').replace(/^\[[ xX]\]\s*/, '').trim();

/** The tasks of a text. */
export const tasksOf = (text: string): Task[] =>
  taskItems(lexer(text, { gfm: true })).map((item) => ({
    text: taskText(item),
    done: item.checked ?? false,
  }));

/** Where a box of a task stands in a text; more than are tasks, for code and quotes are not told apart. */
const box = /^((?:[\t ]|>|[-*+]|\d{1,9}[.)])*(?:[-*+]|\d{1,9}[.)])[\t ]+)\[([ xX])\](?=[\t ])/gm;

/**
 * The text with one task done or not done, and nothing else changed; undefined when there is no such task. Which box is
 * the task's is not guessed: the changed text has to read as that change.
 */
export function tickTask(text: string, at: number, done: boolean): string | undefined {
  const before = tasksOf(text);
  if (before[at] === undefined || before[at].done === done) return before[at] && text;
  const wanted = JSON.stringify(before.map((task, n) => (n === at ? { ...task, done } : task)));
  for (const found of text.matchAll(box)) {
    const mark = found.index + (found[1]?.length ?? 0) + 1;
    const next = text.slice(0, mark) + (done ? 'x' : ' ') + text.slice(mark + 1);
    if (next !== text && JSON.stringify(tasksOf(next)) === wanted) return next;
  }
  return undefined;
}

/**
 * Where a task is in a text that somebody has changed meanwhile: at the same place when it says the same there, else
 * wherever the only one is that says so.
 */
export function sameTask(text: string, task: Task, at: number): number | undefined {
  const now = tasksOf(text);
  if (now[at]?.text === task.text) return at;
  const alike = now.flatMap((one, n) => (one.text === task.text ? [n] : []));
  return alike.length === 1 ? alike[0] : undefined;
}

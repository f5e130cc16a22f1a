import type { components } from '@/api/schema.d.ts';

/** A comment as the server tells it. */
export type Comment = components['schemas']['Comment'];

/** A comment with those that reply to it, oldest first. */
export interface Thread {
  first: Comment;
  replies: Comment[];
}

/** Comments as threads, in the order of their beginnings. A reply whose beginning is not there stands by itself. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const threads = new Map<number, Thread>();
  for (const comment of comments) {
    if (!comment.thread) threads.set(comment.id, { first: comment, replies: [] });
  }
  for (const comment of comments) {
    if (!comment.thread) continue;
    const thread = threads.get(comment.thread);
    if (thread) thread.replies.push(comment);
    else threads.set(comment.id, { first: comment, replies: [] });
  }
  return [...threads.values()].sort((a, b) => a.first.id - b.first.id);
}

/** The words of a comment as a quotation to reply to, at most six lines of them. */
export function quoteOf(body: string, selected: string): string {
  const lines = (selected.trim() || body.trim()).split('\n');
  const shown = lines.slice(0, 6);
  if (shown.length < lines.length) shown.push('…');
  return `${shown.map((line) => `> ${line}`.trimEnd()).join('\n')}\n\n`;
}

/** The fragment of the address that leads to a comment. */
export const commentAnchor = (id: number) => `comment-${id}`;

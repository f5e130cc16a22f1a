import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { type UploadOptions, upload } from '@/api/upload.ts';
import type { Comment } from './threads.ts';

/** What comments are about, and what files are attached to: an idea, a view or an insight. */
export type CommentsOn = { idea: number } | { view: number } | { insight: number };

/** The id of what comments are about. */
export function idOf(on: CommentsOn): number {
  if ('idea' in on) return on.idea;
  return 'view' in on ? on.view : on.insight;
}

/** What a comment is about. */
export function aboutOf({ idea = 0, view, insight }: Comment): CommentsOn {
  if (insight) return { insight };
  return view ? { view } : { idea };
}

/** The cache's key of the comments on something. */
export const commentsKey = (id: number) => ['comments', id] as const;

/** The comments on something, oldest first. */
export async function listComments(on: CommentsOn, signal: AbortSignal): Promise<Comment[]> {
  return (await commentsOf(on, signal)).comments ?? [];
}

function commentsOf(on: CommentsOn, signal: AbortSignal) {
  if ('idea' in on) {
    return send(
      client.GET('/ideas/{idea}/comments', { params: { path: { idea: String(on.idea) } }, signal }),
    );
  }
  return 'view' in on
    ? send(client.GET('/views/{view}/comments', { params: { path: on }, signal }))
    : send(client.GET('/insights/{insight}/comments', { params: { path: on }, signal }));
}

/** Says something, or replies to a comment. */
export function addComment(on: CommentsOn, body: { body: string; replyTo?: number }): Promise<Comment> {
  if ('idea' in on) {
    return send(client.POST('/ideas/{idea}/comments', { params: { path: { idea: String(on.idea) } }, body }));
  }
  return 'view' in on
    ? send(client.POST('/views/{view}/comments', { params: { path: on }, body }))
    : send(client.POST('/insights/{insight}/comments', { params: { path: on }, body }));
}

/** Answers a comment with an emoji, or takes that back. */
export function react(comment: number, emoji: string, on: boolean): Promise<Comment> {
  const params = { path: { comment, emoji } };
  return on
    ? send(client.PUT('/comments/{comment}/reactions/{emoji}', { params }))
    : send(client.DELETE('/comments/{comment}/reactions/{emoji}', { params }));
}

/** Settles a thread, or opens it again. */
export function settle(comment: number, settled: boolean): Promise<Comment> {
  const params = { path: { comment } };
  return settled
    ? send(client.POST('/comments/{comment}/resolve', { params }))
    : send(client.POST('/comments/{comment}/reopen', { params }));
}

/** What a comment said before and says now, oldest first. */
export async function listWordings(comment: number, signal: AbortSignal) {
  const { wordings } = await send(
    client.GET('/comments/{comment}/wordings', { params: { path: { comment } }, signal }),
  );
  return wordings ?? [];
}

/** Lets people read a project, who then may be mentioned there. */
export async function giveAccess(project: string, people: readonly number[]): Promise<void> {
  for (const person of people) {
    const params = { path: { project, person } };
    await send(client.PUT('/projects/{project}/members/{person}', { params, body: { role: 'contributor' } }));
  }
}

/** A file as it is attached. */
export type Attached = components['schemas']['File'];

/** Attaches a file to what is talked about. */
export function attach(on: CommentsOn, file: File, options?: UploadOptions): Promise<Attached> {
  const things = 'idea' in on ? 'ideas' : 'view' in on ? 'views' : 'insights';
  return upload(`/${things}/${idOf(on)}/files?name=${encodeURIComponent(file.name)}`, file, options);
}

/** What is attached to an idea or an insight, oldest first. */
export async function listFiles(
  on: { idea: number } | { insight: number },
  signal: AbortSignal,
): Promise<Attached[]> {
  const { files } = await ('idea' in on
    ? send(client.GET('/ideas/{idea}/files', { params: { path: { idea: String(on.idea) } }, signal }))
    : send(client.GET('/insights/{insight}/files', { params: { path: on }, signal })));
  return files ?? [];
}

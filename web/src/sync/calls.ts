import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import type { Mention } from './mentions.ts';
import type { ResultAnswer, TreeShape } from './result.ts';
import type { WireRow } from './rows.ts';
import type {
  ColorRule,
  Explanation,
  Idea,
  IdeaPatch,
  Query,
  Ref,
  View,
  ViewGroup,
  ViewInput,
} from './types.ts';

/** A project with its fields and views. */
export type ProjectPage = components['schemas']['ProjectPage'];
/** The workspace, its people and projects. */
export type Workspace = components['schemas']['Workspace'];
/** What a field type can do, and by which operators it is filtered. */
export type FieldTypeFacts = components['schemas']['FieldType'];
/** What changes of a field. */
export type FieldPatch = components['schemas']['UpdateFieldInBody'];

/** An id for a group of changes, by which an own edit is recognised when it comes back, and undone. */
export function newGroup(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `w${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The reasons that people gave for groups that are being written. */
const given = new Map<string, string>();
const mostGiven = 50;

/** Says why a group is written: everything that is written in it from now on carries the reason. */
export function giveReason(group: string, reason: string): void {
  given.set(group, reason);
  const [oldest] = given.keys();
  if (given.size > mostGiven && oldest !== undefined) given.delete(oldest);
}

/** The headers of a write in a group, with its reason when one was given. */
export function headersOf(group: string): Record<string, string> {
  const reason = given.get(group);
  return {
    'Cairn-Group': group,
    ...(reason !== undefined && { 'Cairn-Reason': encodeURIComponent(reason) }),
  };
}

/** Says afterwards why a group was written. */
export async function sayWhy(group: string, reason: string): Promise<void> {
  await send(client.PUT('/groups/{group}/reason', { params: { path: { group } }, body: { reason } }));
}

const inGroup = (group: string) => ({ headers: headersOf(group) });

/** The workspace, its people and projects. */
export function getWorkspace(signal?: AbortSignal): Promise<Workspace> {
  return send(client.GET('/workspace', { signal }));
}

/** A project with its fields and views, by its key. */
export function getProject(project: string, signal?: AbortSignal): Promise<ProjectPage> {
  return send(client.GET('/projects/{project}', { params: { path: { project } }, signal }));
}

/** The field types with their operators. */
export async function getFieldTypes(signal?: AbortSignal): Promise<FieldTypeFacts[]> {
  const { types } = await send(client.GET('/field-types', { signal }));
  return types ?? [];
}

/** A question about a project's ideas. */
export interface ResultRequest {
  query: Query;
  columns: readonly Ref[];
  colors: readonly ColorRule[];
  /** The field that colours what no rule does. */
  colorBy?: Ref;
  offset: number;
  limit: number;
  /** The shape of the tree that is known already. */
  shape?: string;
  /** What was at an earlier moment, or at the end of a day; absent is now. */
  at?: string;
}

/** What the server adds to its description: the length of the flattened order, and warnings. */
interface Extra {
  length?: number;
  warnings?: string[];
}

/** A window of a query's result. */
export async function queryIdeas(
  project: string,
  { query, columns, colors, colorBy, offset, limit, shape, at }: ResultRequest,
  signal: AbortSignal,
): Promise<ResultAnswer> {
  const body = { query, columns: [...columns], colors: [...colors], colorBy, offset, limit, shape, at };
  const answer = await send(
    client.POST('/projects/{project}/query', { params: { path: { project } }, body, signal }),
  );
  return answerOf(answer);
}

/** An answer from its form on the wire. */
export function answerOf(answer: components['schemas']['ViewResult']): ResultAnswer {
  const { length, warnings }: Extra = answer as Extra;
  return {
    seq: answer.seq,
    total: answer.total,
    length: length ?? answer.total,
    offset: answer.offset,
    columns: answer.columns ?? [],
    groups: (answer.groups ?? []) as ViewGroup[],
    rollups: answer.rollups ?? [],
    warnings: warnings ?? [],
    ranged: answer.ranged ?? undefined,
    ...(answer.tree ? { tree: answer.tree as TreeShape } : {}),
    ...(answer.ideas ? { ideas: answer.ideas as Record<string, Mention> } : {}),
    rows: (answer.rows ?? []) as WireRow[],
  };
}

/** An idea with everything it holds. */
export function getIdea(idea: number, signal?: AbortSignal): Promise<Idea> {
  return send(client.GET('/ideas/{idea}', { params: { path: { idea: String(idea) } }, signal }));
}

/** Changes one idea. */
export function patchIdea(idea: number, body: IdeaPatch, group: string): Promise<Idea> {
  return send(
    client.PATCH('/ideas/{idea}', { params: { path: { idea: String(idea) } }, body, ...inGroup(group) }),
  );
}

/** Which ideas a bulk change is about: some by id, or all that a query finds. */
export type BulkTarget = { ids: number[] } | { query: Query };

/** Deletes a field; restoring it brings its values back. */
export async function deleteField(field: number): Promise<void> {
  await send(client.DELETE('/fields/{field}', { params: { path: { field } } }));
}

/** Brings a deleted field back with its values. */
export function restoreField(field: number): Promise<components['schemas']['Field']> {
  return send(client.POST('/fields/{field}/restore', { params: { path: { field } } }));
}

/** Changes many ideas alike, all or none; says how many. */
export function patchIdeas(
  project: string,
  change: BulkTarget & { patch: IdeaPatch },
  group: string,
): Promise<{ changed: number; group: string }> {
  return send(
    client.POST('/projects/{project}/ideas/bulk', {
      params: { path: { project } },
      body: change,
      ...inGroup(group),
    }),
  );
}

/** What a new idea starts with. */
export type NewIdea = components['schemas']['CreateIdeaInBody'];

/** Adds an idea. */
export function createIdea(project: string, body: NewIdea, group: string): Promise<Idea> {
  return send(
    client.POST('/projects/{project}/ideas', { params: { path: { project } }, body, ...inGroup(group) }),
  );
}

/** Deletes an idea with its comments; undo brings them back. */
export async function deleteIdea(idea: number, group: string): Promise<void> {
  await send(client.DELETE('/ideas/{idea}', { params: { path: { idea: String(idea) } }, ...inGroup(group) }));
}

/** Takes back a group of changes; returns the undoing's own group, whose undoing is a redo. */
export function undoGroup(group: string): Promise<{ group: string; changes: number; kept: number }> {
  return send(client.POST('/undo', { body: { group }, ...inGroup(newGroup()) }));
}

/** How a formula field came to its value for one idea. */
export function explain(idea: number, field: Ref, signal?: AbortSignal): Promise<Explanation> {
  return send(
    client.GET('/ideas/{idea}/explain/{field}', { params: { path: { idea: String(idea), field } }, signal }),
  );
}

/** Saves a new view. */
export function createView(project: string, body: ViewInput, group = newGroup()): Promise<View> {
  return send(
    client.POST('/projects/{project}/views', { params: { path: { project } }, body, ...inGroup(group) }),
  );
}

/** Replaces a view's definition; refused when somebody changed it after `version`. */
export function updateView(view: number, body: ViewInput, version?: number): Promise<View> {
  const header = version === undefined ? {} : { 'If-Match': `"${version}"` };
  return send(client.PUT('/views/{view}', { params: { path: { view }, header }, body }));
}

/** What changes of a view; what is left out stays. */
export type ViewPatch = components['schemas']['PatchViewInBody'];

/** Changes parts of a view, or its place in the sidebar. */
export function patchView(view: number, body: ViewPatch, group: string): Promise<View> {
  return send(client.PATCH('/views/{view}', { params: { path: { view } }, body, ...inGroup(group) }));
}

/** What something is put next to; neither is the end. */
export type Beside = components['schemas']['Neighbour'];

/** Keeps a view at hand for oneself. */
export async function keepFavorite(view: number, body: Beside, group: string): Promise<void> {
  await send(client.PUT('/views/{view}/favorite', { params: { path: { view } }, body, ...inGroup(group) }));
}

/** No longer keeps a view at hand. */
export async function dropFavorite(view: number, group: string): Promise<void> {
  await send(client.DELETE('/views/{view}/favorite', { params: { path: { view } }, ...inGroup(group) }));
}

/** A section of the views in the sidebar. */
export type Section = components['schemas']['Section'];
/** What changes of a section. */
export type SectionPatch = components['schemas']['UpdateSectionInBody'];

/** Adds a section to the sidebar, or to another section. */
export function createSection(
  project: string,
  body: { name: string; parent?: number },
  group: string,
): Promise<Section> {
  return send(
    client.POST('/projects/{project}/sections', { params: { path: { project } }, body, ...inGroup(group) }),
  );
}

/** Renames or moves a section. */
export function patchSection(section: number, body: SectionPatch, group: string): Promise<Section> {
  return send(
    client.PATCH('/sections/{section}', { params: { path: { section } }, body, ...inGroup(group) }),
  );
}

/** Deletes a section; its views stay. */
export async function deleteSection(section: number, group: string): Promise<void> {
  await send(client.DELETE('/sections/{section}', { params: { path: { section } }, ...inGroup(group) }));
}

/** Deletes a view. */
export async function deleteView(view: number, group: string): Promise<void> {
  await send(client.DELETE('/views/{view}', { params: { path: { view } }, ...inGroup(group) }));
}

/** Changes a field's definition. */
export function updateField(field: number, body: FieldPatch): Promise<components['schemas']['Field']> {
  return send(client.PATCH('/fields/{field}', { params: { path: { field } }, body }));
}

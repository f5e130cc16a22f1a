import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { headersOf } from '@/sync/calls.ts';

type Schemas = components['schemas'];

/** A field as the server describes it. */
export type WireField = Schemas['Field'];
/** A field that is to be made. */
export type FieldInput = Schemas['FieldInput'];
/** What changes of a project. */
export type ProjectPatch = Schemas['UpdateProjectInBody'];
/** What a change of type would do. */
export type RetypeResult = Schemas['Retype'];
/** Whether a formula holds, and what it gives. */
export type FormulaCheck = Schemas['FormulaCheck'];
/** How a formula is made up. */
export type Formula = Schemas['Formula'];
/** Somebody with a role in a project. */
export type Member = Schemas['Member'];

const path = (project: string) => ({ params: { path: { project } } });

/** Changes a project's settings. */
export function updateProject(project: string, body: ProjectPatch): Promise<Schemas['Project']> {
  return send(client.PATCH('/projects/{project}', { ...path(project), body }));
}

/** Where e-mail becomes insights of a project, and how that stands. */
export function getProjectMail(project: string, signal: AbortSignal) {
  return send(client.GET('/projects/{project}/mail', { ...path(project), signal }));
}

/** Deletes a project with everything in it, for good. */
export async function deleteProject(project: string): Promise<void> {
  await send(client.DELETE('/projects/{project}', path(project)));
}

/** The people with a role in a project. */
export async function getMembers(project: string, signal?: AbortSignal): Promise<Member[]> {
  const { members } = await send(client.GET('/projects/{project}/members', { ...path(project), signal }));
  return members ?? [];
}

/** Gives somebody a role in a project. */
export async function setMember(project: string, person: number, role: Member['role']): Promise<void> {
  const params = { path: { project, person } };
  await send(client.PUT('/projects/{project}/members/{person}', { params, body: { role } }));
}

/** Takes somebody's role in a project away. */
export async function removeMember(project: string, person: number): Promise<void> {
  const params = { path: { project, person } };
  await send(client.DELETE('/projects/{project}/members/{person}', { params }));
}

/** Adds a field. */
export function createField(project: string, body: FieldInput): Promise<WireField> {
  return send(client.POST('/projects/{project}/fields', { ...path(project), body }));
}

/** Deleted fields that can be restored. */
export async function getDeletedFields(project: string, signal?: AbortSignal): Promise<WireField[]> {
  const { fields } = await send(
    client.GET('/projects/{project}/deleted-fields', { ...path(project), signal }),
  );
  return fields ?? [];
}

/** Says what changing a field's type would convert and lose. */
export function previewRetype(field: number, type: string): Promise<RetypeResult> {
  const body = { type, dryRun: true };
  return send(client.POST('/fields/{field}/retype', { params: { path: { field } }, body }));
}

/** Changes a field's type. */
export function retypeField(field: number, type: string): Promise<RetypeResult> {
  return send(client.POST('/fields/{field}/retype', { params: { path: { field } }, body: { type } }));
}

/** Checks a formula before it is saved and previews it on real ideas. */
export function checkFormula(
  project: string,
  body: Schemas['CheckFormulaInBody'],
  signal?: AbortSignal,
): Promise<FormulaCheck> {
  return send(client.POST('/projects/{project}/formula', { ...path(project), body, signal }));
}

/** The functions of the expression language. */
export async function getFunctions(signal?: AbortSignal): Promise<Schemas['Function'][]> {
  return (await send(client.GET('/formula/functions', { signal }))).functions ?? [];
}

/** Adds a type of ideas. */
export function createIdeaType(
  project: string,
  body: Schemas['IdeaTypeInput'],
): Promise<Schemas['IdeaType']> {
  return send(client.POST('/projects/{project}/idea-types', { ...path(project), body }));
}

/** Changes a type of ideas. */
export function updateIdeaType(
  type: number,
  body: Schemas['UpdateIdeaTypeInBody'],
): Promise<Schemas['IdeaType']> {
  return send(client.PATCH('/idea-types/{type}', { params: { path: { type } }, body }));
}

/** Deletes a type of ideas; the ideas that have it get another one, 0 for none. */
export async function deleteIdeaType(type: number, to: number, group: string): Promise<void> {
  const params = { path: { type }, query: to ? { to } : {} };
  await send(client.DELETE('/idea-types/{type}', { params, headers: headersOf(group) }));
}

/** Saves a project's form, without its ideas, for new projects. */
export function saveTemplate(
  project: string,
  body: Schemas['SaveTemplateInBody'],
): Promise<Schemas['TemplateInfo']> {
  return send(client.POST('/projects/{project}/template', { ...path(project), body }));
}

/** Deletes a saved template; projects made from it stay. */
export async function deleteTemplate(template: number): Promise<void> {
  await send(client.DELETE('/templates/{template}', { params: { path: { template } } }));
}

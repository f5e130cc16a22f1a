import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import type { Home } from './home.ts';

type Schemas = components['schemas'];

/** An import of one file. */
export type Run = Schemas['Import'];
/** An import with what is known of its file. */
export type RunDetail = Schemas['ImportDetail'];
/** One column of a file. */
export type Column = Schemas['ImportColumn'];
/** A remark on a file, or a question about it. */
export type Note = Schemas['ImportNote'];
/** How a file is read and where its columns go. */
export type Mapping = Schemas['ImportMapping'];
/** Where one column goes. */
export type MappedColumn = Schemas['MappedColumn'];
/** A place where a column can go. */
export type Target = Schemas['ImportTarget'];
/** How a file is read. */
export type ReadOptions = Schemas['ReadOptions'];
/** What an import did or would do. */
export type Counts = Schemas['RunCounts'];
/** What a dry run or a commit found. */
export type Result = Schemas['ImportResult'];
/** What is wrong with one cell or row. */
export type Problem = Schemas['ImportProblem'];
/** A mapping for later files. */
export type SavedMapping = Schemas['SavedMapping'];

const ofProject = (project: string) => ({ params: { path: { project } } });
const ofRun = (run: number) => ({ params: { path: { import: run } } });

/** Where the report of an import is downloaded. */
export const reportAddress = (run: number): string => `/api/v1/imports/${run}/report.csv`;

/** Uploads a file and says what is in it; nothing is imported. */
export function stageImport(
  project: string,
  subject: Run['subject'],
  file: File,
  signal: AbortSignal,
): Promise<RunDetail> {
  const rest = {
    headers: { 'Content-Type': 'application/octet-stream' },
    // The file goes as it is: the browser reads it from the disk while it is sent.
    body: '',
    bodySerializer: () => file,
    signal,
  };
  const { name } = file;
  if (subject === 'companies' || subject === 'people') {
    return send(client.POST('/customers/imports', { params: { query: { name, subject } }, ...rest }));
  }
  const params = { path: { project }, query: { name, subject } };
  return send(client.POST('/projects/{project}/imports', { params, ...rest }));
}

/** The imports of a home, newest first. */
export async function getImports(project: string, home: Home, signal?: AbortSignal): Promise<Run[]> {
  if (home === 'customers') {
    return (await send(client.GET('/customers/imports', { ...(signal ? { signal } : {}) }))).imports ?? [];
  }
  const params = { path: { project }, query: { subject: home } };
  return (
    (await send(client.GET('/projects/{project}/imports', { params, ...(signal ? { signal } : {}) })))
      .imports ?? []
  );
}

/** An import with its file, mapping and progress. */
export function getImport(run: number, signal?: AbortSignal): Promise<RunDetail> {
  return send(client.GET('/imports/{import}', { ...ofRun(run), signal }));
}

/** Says how the file is read and where its columns go. */
export function mapImport(run: number, body: Mapping): Promise<RunDetail> {
  return send(client.PUT('/imports/{import}/mapping', { ...ofRun(run), body }));
}

/** Says what a commit would do; nothing is changed. */
export function dryRunImport(run: number): Promise<RunDetail> {
  return send(client.POST('/imports/{import}/dry-run', ofRun(run)));
}

/** Begins the import, or resumes one that was interrupted. */
export function commitImport(run: number): Promise<Run> {
  return send(client.POST('/imports/{import}/commit', ofRun(run)));
}

/** Takes an import back as a whole. */
export function undoImport(run: number): Promise<Run> {
  return send(client.POST('/imports/{import}/undo', ofRun(run)));
}

/** Forgets an import that has nothing in the project. */
export async function deleteImport(run: number): Promise<void> {
  await send(client.DELETE('/imports/{import}', ofRun(run)));
}

/** Saved mappings, newest first. */
export async function getMappings(project: string, signal?: AbortSignal): Promise<SavedMapping[]> {
  const { mappings } = await send(
    client.GET('/projects/{project}/mappings', { ...ofProject(project), signal }),
  );
  return mappings ?? [];
}

/** Saves a mapping under a name for later files of the same format. */
export function saveMapping(project: string, name: string, mapping: Mapping): Promise<SavedMapping> {
  const body = { ...mapping, name };
  return send(client.POST('/projects/{project}/mappings', { ...ofProject(project), body }));
}

/** Deletes a saved mapping. */
export async function deleteMapping(project: string, mapping: number): Promise<void> {
  const params = { path: { project, mapping } };
  await send(client.DELETE('/projects/{project}/mappings/{mapping}', { params }));
}

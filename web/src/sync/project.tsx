import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo } from 'react';
import { useMessageLocale } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { askAgain } from './ask-again.ts';
import { getProject, getWorkspace, type ProjectPage, type Workspace } from './calls.ts';
import type { Connection } from './changes.ts';
import { listenDone } from './done.ts';
import { builtinFields, childrenField, fieldInfo } from './facts.ts';
import { makeProjectSession, type ProjectSession } from './project-session.ts';
import { inSidebar } from './sidebar.ts';
import type { ChangeSet, FieldInfo, IdeaType, Person, Ref, View } from './types.ts';

/** The keys of what is kept of the workspace and of projects, for those who write to the cache. */
export const cacheKeys = {
  workspace: ['workspace'] as const,
  project: (key: string) => ['project', key] as const,
};

/** The workspace with its people and projects; undefined until it is loaded. */
export function useWorkspace(): { workspace: Workspace | undefined; error: Error | null } {
  const { data, error } = useQuery({
    queryKey: cacheKeys.workspace,
    queryFn: ({ signal }) => getWorkspace(signal),
  });
  return { workspace: data, error };
}

/** An open project, for everything that shows or edits its ideas. */
export interface ProjectData {
  project: ProjectPage;
  /** The project's own fields by position. */
  fields: readonly FieldInfo[];
  /** Own and built-in fields. */
  allFields: readonly FieldInfo[];
  field: (ref: Ref) => FieldInfo | undefined;
  /** The types of ideas, in their order. */
  types: readonly IdeaType[];
  /** In the order of the sidebar. */
  views: readonly View[];
  people: readonly Person[];
  person: (id: number) => Person | undefined;
  /** Whether an idea came with the template, to go with one click. */
  isSample: (idea: number) => boolean;
  me: Person;
  session: ProjectSession;
  /** The earlier moment as of which ideas are shown; absent is now. */
  at?: string;
}

/** Gives the project to what is inside; only the providers of projects use it. */
export const ProjectContext = createContext<ProjectData | null>(null);

/** The project around the caller. */
export function useProject(): ProjectData {
  const data = useContext(ProjectContext);
  if (!data) throw new Error('useProject needs a ProjectProvider around it');
  return data;
}

/** The project around the caller, or null where there is none. */
export function useOptionalProject(): ProjectData | null {
  return useContext(ProjectContext);
}

/** How the live stream of the project around the caller stands. */
export function useConnection(): Connection {
  return useStore(useProject().session.stream.connection);
}

/** Props of ProjectProvider. */
export interface ProjectProviderProps {
  projectKey: string;
  /** Shown until the project is there. */
  loading: ReactNode;
  /** Shown when it could not be loaded. */
  failed: (error: Error, retry: () => void) => ReactNode;
  children: ReactNode;
}

/** Loads a project, keeps it in step with what others do, and gives it to everything inside. */
export function ProjectProvider({ projectKey, loading, failed, children }: ProjectProviderProps) {
  const session = useProjectSession(projectKey);
  const queries = useQueryClient();
  const locale = useMessageLocale();
  const { workspace, error: workspaceError } = useWorkspace();
  const { data: project, error } = useQuery({
    queryKey: cacheKeys.project(projectKey),
    queryFn: ({ signal }) => getProject(projectKey, signal),
  });
  const follow = useCallback(
    (set: ChangeSet) => {
      const kinds = new Set(set.changes.map((change) => change.kind));
      if (
        kinds.has('field') ||
        kinds.has('idea_type') ||
        kinds.has('view') ||
        kinds.has('section') ||
        kinds.has('project') ||
        kinds.has('member')
      )
        void askAgain(queries, { queryKey: cacheKeys.project(projectKey) });
      if (kinds.has('reason'))
        for (const key of ['history', 'since', 'activity', 'inbox'])
          void askAgain(queries, { queryKey: [key] });
      if (kinds.has('user') || kinds.has('project') || kinds.has('member') || kinds.has('workspace'))
        void askAgain(queries, { queryKey: cacheKeys.workspace });
    },
    [queries, projectKey],
  );
  useEffect(
    () =>
      session.stream.listen((event) => {
        if (event.kind === 'change' && event.set.bulk === undefined) follow(event.set);
        else void askAgain(queries, { queryKey: cacheKeys.project(projectKey) });
      }),
    [session, follow, queries, projectKey],
  );
  useEffect(
    () =>
      listenDone((done) => {
        if (done.project === session.key) session.undoStack.push(done.group);
      }),
    [session],
  );
  const data = useMemo(
    () => (project && workspace ? dataOf(session, project, workspace, locale) : null),
    [session, project, workspace, locale],
  );
  const failure = project && workspace ? null : (error ?? workspaceError);
  if (failure) {
    return failed(failure, () => {
      void queries.refetchQueries({ queryKey: cacheKeys.project(projectKey) });
      void queries.refetchQueries({ queryKey: cacheKeys.workspace });
    });
  }
  if (!data) return loading;
  return <ProjectContext value={data}>{children}</ProjectContext>;
}

/** The project around the caller as it was at an earlier moment, or at the end of a day; nothing can be changed in it. */
export function PastProject({ at, children }: { at: string; children: ReactNode }) {
  const data = useProject();
  const past = useMemo<ProjectData>(
    () => ({ ...data, at, project: { ...data.project, role: 'none' } }),
    [data, at],
  );
  return <ProjectContext value={past}>{children}</ProjectContext>;
}

function useProjectSession(key: string): ProjectSession {
  const session = useMemo(() => makeProjectSession(key), [key]);
  useEffect(() => {
    session.stream.open();
    return () => session.close();
  }, [session]);
  return session;
}

/** Brings the parts together; names of built-in fields are in the language of `_locale`. */
export function dataOf(
  session: ProjectSession,
  project: ProjectPage,
  workspace: Workspace,
  _locale: string,
): ProjectData {
  const fields = (project.fields ?? []).map(fieldInfo).sort((a, b) => a.position - b.position);
  const types = project.types ?? [];
  const allFields = [...builtinFields(types), ...fields];
  const byRef = new Map(allFields.map((field) => [field.ref, field]));
  const people = workspace.people ?? [];
  const samples = new Set(project.samples);
  const byId = new Map(people.map((person) => [person.id, person]));
  return {
    project,
    fields,
    allFields,
    types,
    field: (ref) => byRef.get(ref) ?? childrenField(ref, (of) => byRef.get(of)),
    views: inSidebar(project),
    people,
    person: (id) => byId.get(id),
    isSample: (idea) => samples.has(idea),
    me: workspace.me,
    session,
  };
}

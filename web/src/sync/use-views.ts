import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import {
  createView,
  deleteView,
  type FieldTypeFacts,
  getFieldTypes,
  newGroup,
  type ProjectPage,
  patchView,
  updateView,
  type ViewPatch,
} from './calls.ts';
import { cacheKeys, useProject } from './project.tsx';
import type { View, ViewInput } from './types.ts';

/** Ways to write views of the project around the caller; each throws what the server says. */
export interface ViewWriter {
  create: (definition: ViewInput) => Promise<View>;
  /** Changes parts of it, in one step for undo; refused when somebody changed the same part after the version given. */
  patch: (id: number, patch: ViewPatch) => Promise<View>;
  /** Replaces a definition; refused when somebody changed it after the version given. */
  update: (id: number, definition: ViewInput, version?: number) => Promise<View>;
  /** Loads the project's views and fields again. */
  reload: () => Promise<void>;
  /** Deletes a view; resolves to the group, for undo. */
  remove: (id: number) => Promise<string>;
}

/** Saves, changes and deletes views. */
export function useViewWriter(): ViewWriter {
  const { session } = useProject();
  const queries = useQueryClient();
  return useMemo(() => {
    const key = cacheKeys.project(session.key);
    const put = (view: View) => {
      queries.setQueryData<ProjectPage>(key, (page) => {
        if (!page) return page;
        const others = (page.views ?? []).filter((other) => other.id !== view.id);
        return { ...page, views: [...others, view] };
      });
      return view;
    };
    return {
      create: async (definition) => put(await createView(session.key, definition)),
      patch: async (id, patch) => {
        const group = newGroup();
        const view = put(await patchView(id, patch, group));
        session.undoStack.push(group);
        return view;
      },
      update: async (id, definition, version) => put(await updateView(id, definition, version)),
      reload: () => queries.invalidateQueries({ queryKey: key }),
      remove: async (id) => {
        const group = newGroup();
        await deleteView(id, group);
        await queries.invalidateQueries({ queryKey: key });
        return group;
      },
    };
  }, [session, queries]);
}

/** What each field type can do, by its name; empty until it is loaded. */
export function useFieldTypes(): ReadonlyMap<string, FieldTypeFacts> {
  const { data } = useQuery({
    queryKey: ['field-types'],
    queryFn: ({ signal }) => getFieldTypes(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => new Map((data ?? []).map((facts) => [facts.type, facts])), [data]);
}

import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { paths } from '@/lib/routes.ts';
import {
  createSection,
  createView,
  deleteSection,
  dropFavorite,
  keepFavorite,
  newGroup,
  type ProjectPage,
  patchSection,
  patchView,
  type Section,
  undoGroup,
} from '@/sync/calls.ts';
import { tellDone } from '@/sync/done.ts';
import { cacheKeys } from '@/sync/project.tsx';
import { holdersOf, type Place, treeOf } from '@/sync/sidebar.ts';
import type { View } from '@/sync/types.ts';
import { toast, toastFailure } from '@/ui/Toast.tsx';

/** What can be done in the tree of views; each says itself what failed. */
export interface TreeCommands {
  place: (view: View, to: Place) => Promise<void>;
  placeSection: (section: Section, to: Place) => Promise<void>;
  addSection: (name: string, parent?: number) => Promise<void>;
  renameSection: (section: Section, name: string) => Promise<void>;
  removeSection: (section: Section) => Promise<void>;
  favor: (view: View, keep: boolean) => Promise<void>;
  /** Puts a favourite before another one, or last. */
  placeFavorite: (view: number, to: { before?: number; after?: number }) => Promise<void>;
  duplicate: (view: View) => Promise<void>;
  /** What was last done, for those who hear it. */
  said: string;
}

/** The commands of a project's sidebar. */
export function useTree(page: ProjectPage): TreeCommands {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [said, say] = useState('');
  const latest = useLatest({ page, go });
  const { key } = page;
  const commands = useMemo(() => {
    const cache = cacheKeys.project(key);
    const run = async (write: (group: string) => Promise<string>, kept: 'undo' | 'private' = 'undo') => {
      const group = newGroup();
      try {
        const words = await write(group);
        if (kept === 'undo') tellDone({ project: key, group });
        await queries.invalidateQueries({ queryKey: cache });
        say(words);
      } catch (error) {
        toastFailure(error);
      }
      return group;
    };
    /** In words where a view stands now. */
    const whereabouts = (view: View) => {
      const now = queries.getQueryData<ProjectPage>(cache) ?? latest().page;
      const holder = holdersOf(treeOf(now)).find(({ views }) => views.some((each) => each.id === view.id));
      const at = (holder?.views.findIndex((each) => each.id === view.id) ?? 0) + 1;
      const facts = { name: view.name, at, of: holder?.views.length ?? at };
      return holder?.name
        ? t('shell.tree.placedIn', { ...facts, section: holder.name })
        : t('shell.tree.placed', facts);
    };
    const put = (view: View) =>
      queries.setQueryData<ProjectPage>(
        cache,
        (known) =>
          known && {
            ...known,
            views: (known.views ?? []).map((each) => (each.id === view.id ? view : each)),
          },
      );
    return {
      place: async (view: View, to: Place) => {
        await run(async (group) => {
          const moved = await patchView(view.id, to, group);
          put(moved);
          return whereabouts(moved);
        });
      },
      placeSection: async (section: Section, to: Place) => {
        const body = 'section' in to ? { parent: to.section } : to;
        await run(async (group) => {
          await patchSection(section.id, body, group);
          return t('shell.tree.sectionMoved', { name: section.name });
        });
      },
      addSection: async (name: string, parent?: number) => {
        await run(async (group) => {
          await createSection(key, { name, parent }, group);
          return t('shell.tree.sectionAdded', { name });
        });
      },
      renameSection: async (section: Section, name: string) => {
        await run(async (group) => {
          await patchSection(section.id, { name }, group);
          return t('shell.tree.sectionRenamed', { name });
        });
      },
      removeSection: async (section: Section) => {
        const words = t('shell.tree.sectionRemoved', { name: section.name });
        const group = await run(async (own) => {
          await deleteSection(section.id, own);
          return words;
        });
        const undo = async () => {
          await undoGroup(group);
          await queries.invalidateQueries({ queryKey: cache });
        };
        toast({ title: words, undo: () => void undo() });
      },
      favor: async (view: View, keep: boolean) => {
        await run(async (group) => {
          if (keep) await keepFavorite(view.id, {}, group);
          else await dropFavorite(view.id, group);
          return t(keep ? 'shell.tree.favored' : 'shell.tree.unfavored', { name: view.name });
        }, 'private');
      },
      placeFavorite: async (view: number, to: { before?: number; after?: number }) => {
        await run(async (group) => {
          await keepFavorite(view, to, group);
          return t('shell.tree.favoriteMoved');
        }, 'private');
      },
      duplicate: async (view: View) => {
        await run(async (group) => {
          const { id: _id, version: _version, position: _position, locked: _locked, ...definition } = view;
          const name = t('view.copyOf', { name: view.name });
          const made = await createView(key, { ...definition, position: 0, name }, group);
          await patchView(made.id, { after: view.id }, group);
          latest().go(paths.view(key, made.id));
          return t('shell.tree.duplicated', { name: view.name });
        });
      },
    };
  }, [queries, key, latest]);
  return useMemo(() => ({ ...commands, said }), [commands, said]);
}

import { useLocation } from 'wouter';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { toast } from '@/ui/Toast.tsx';
import { definitionOf } from './draft.ts';
import { tellFailure } from './use-save-view.ts';

/** The place of a view that moves by one (-1: up) among others in their order; undefined where it cannot. */
export function placeAfterMove(
  views: readonly Pick<View, 'id' | 'position'>[],
  id: number,
  by: 1 | -1,
): number | undefined {
  const at = views.findIndex((view) => view.id === id);
  const over = views[at + by];
  if (at < 0 || !over) return undefined;
  const beyond = views[at + 2 * by];
  return beyond ? (over.position + beyond.position) / 2 : over.position + by;
}

/** What is rarely done to a view; each says itself what failed. */
export interface ViewCommands {
  remove: () => Promise<void>;
  /** Moves it up (-1) or down among the project's views; undefined where it cannot. */
  mover: (by: 1 | -1) => (() => Promise<void>) | undefined;
  /** Makes it the view that the project opens with. */
  openFirst: () => Promise<void>;
  download: (format: string) => void;
}

/** The commands on a view of the project around the caller. */
export function useViewCommands(view: View): ViewCommands {
  const { project, views, session } = useProject();
  const writer = useViewWriter();
  const [, go] = useLocation();
  const trying = async (what: () => Promise<unknown>) => {
    try {
      await what();
    } catch (error) {
      tellFailure(error);
    }
  };
  return {
    remove: () =>
      trying(async () => {
        const group = await writer.remove(view.id);
        go(paths.project(project.key), { replace: true });
        toast({
          title: t('view.deleted', { name: view.name }),
          undo: () =>
            void trying(async () => {
              await session.undoGroup(group);
              go(paths.view(project.key, view.id));
            }),
        });
      }),
    mover: (by) => {
      const position = placeAfterMove(views, view.id, by);
      if (position === undefined) return undefined;
      return () => trying(() => writer.update(view.id, { ...definitionOf(view), position }, view.version));
    },
    openFirst: () =>
      trying(() =>
        send(
          client.PATCH('/projects/{project}', {
            params: { path: { project: project.key } },
            body: { defaultView: view.id },
          }),
        ),
      ),
    download: (format) => {
      const link = document.createElement('a');
      const query = new URLSearchParams({ view: String(view.id), format });
      link.href = `/api/v1/projects/${encodeURIComponent(project.key)}/export?${query}`;
      link.download = '';
      link.click();
    },
  };
}

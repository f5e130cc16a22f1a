import { useLocation } from 'wouter';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import type { ViewPatch } from '@/sync/calls.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { toast, toastFailure } from '@/ui/Toast.tsx';

/** What is rarely done to a view; each says itself what failed. */
export interface ViewCommands {
  remove: () => Promise<void>;
  /** Changes parts of it. */
  change: (patch: ViewPatch) => Promise<void>;
  /** Makes it the view that the project opens with. */
  openFirst: () => Promise<void>;
  download: (format: string) => void;
}

/** The commands on a view of the project around the caller. */
export function useViewCommands(view: View): ViewCommands {
  const { project, session, at } = useProject();
  const writer = useViewWriter();
  const [, go] = useLocation();
  const trying = async (what: () => Promise<unknown>) => {
    try {
      await what();
    } catch (error) {
      toastFailure(error);
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
    change: (patch) => trying(() => writer.patch(view.id, patch)),
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
      const query = new URLSearchParams({ view: String(view.id), format, ...(at ? { at } : {}) });
      link.href = `/api/v1/projects/${encodeURIComponent(project.key)}/export?${query}`;
      link.download = '';
      link.click();
    },
  };
}

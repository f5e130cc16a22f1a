import { useCallback } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { View } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { toast } from '@/ui/Toast.tsx';
import type { Draft } from './draft.ts';

/** Says why something could not be done, in the server's words. */
export function tellFailure(error: unknown): void {
  toast({ title: error instanceof Error ? error.message : String(error), tone: 'error' });
}

/** Saves the draft as the view that everybody sees; what fails is said, and the draft stays. */
export function useSaveView(view: View, draft: Draft): () => Promise<void> {
  const { project } = useProject();
  const writer = useViewWriter();
  return useCallback(async () => {
    try {
      await writer.update(view.id, draft.savable, view.version);
      draft.settle();
      toast({
        title: t(project.access === 'private' ? 'view.savedPrivate' : 'view.saved', { name: view.name }),
      });
    } catch (error) {
      tellFailure(error);
    }
  }, [writer, view, draft, project.access]);
}

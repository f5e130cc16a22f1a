import { useQueryClient } from '@tanstack/react-query';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';

/** Takes a group of changes back and says what became of it. */
export function useUndo(): (group: string) => Promise<void> {
  const { session } = useProject();
  const queries = useQueryClient();
  return async (group) => {
    try {
      const { changes, kept } = await session.undoGroup(group);
      toast({
        title: t('activity.undone', { n: changes }),
        description: kept > 0 ? t('activity.kept', { n: kept }) : undefined,
      });
    } catch (cause) {
      toastFailure(cause);
    }
    await queries.invalidateQueries({ queryKey: ['activity'] });
  };
}

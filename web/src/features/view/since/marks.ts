import { t } from '@/lib/i18n.ts';
import type { Changes } from '@/sync/since.ts';
import type { ChangeOf } from '@/views/shared/change-marks.tsx';

const moves = new Set(['later', 'earlier', 'up', 'down']);

/** The marks of all ideas that changed. What is gone has none: it is not there to be marked. */
export function marksOfChanges({ marked }: Pick<Changes, 'marked'>): ReadonlyMap<number, ChangeOf> {
  const byIdea = new Map<number, string[]>();
  for (const [mark, ids] of Object.entries(marked))
    if (mark !== 'dropped') for (const id of ids ?? []) byIdea.set(id, [...(byIdea.get(id) ?? []), mark]);
  return new Map(
    [...byIdea].map(([id, marks]) => {
      const words = marks.map((mark) => t(`since.mark.${mark}` as 'since.mark.added')).join(', ');
      const tone = marks.includes('added')
        ? 'new'
        : marks.some((mark) => moves.has(mark))
          ? 'moved'
          : 'changed';
      return [id, { tone, words: t('since.marked', { words }) }];
    }),
  );
}

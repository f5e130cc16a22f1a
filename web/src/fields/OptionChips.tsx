import { optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { OptionChip } from '@/ui/OptionChip.tsx';
import css from './fields.module.css';

/** Chosen options as coloured chips. An option that is gone says so. */
export function OptionChips({ field, ids }: { field: FieldInfo; ids: readonly number[] }) {
  if (ids.length === 0) return null;
  return (
    <span className={css.chips}>
      {ids.map((id) => {
        const option = field.options.find((each) => each.id === id);
        return (
          <OptionChip
            key={id}
            label={option?.name ?? t('field.goneOption')}
            color={optionColor(option?.color)}
          />
        );
      })}
    </span>
  );
}

import { Tags } from 'lucide-react';
import { colorOf } from '@/lib/colors.ts';
import { OptionChip } from '@/ui/OptionChip.tsx';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import { joinNames, splitNames, textList } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ value }: CellProps) {
  const labels = textList(value);
  if (labels.length === 0) return null;
  return (
    <span className={css.chips}>
      {labels.map((label) => (
        <OptionChip key={label} label={label} color={colorOf(label)} />
      ))}
    </span>
  );
}

/** Free words. */
export const labels: FieldType = {
  icon: Tags,
  align: 'start',
  width: 190,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value) => joinNames(textList(value)),
  fromText: (text) => {
    const names = splitNames(text);
    return { value: names.length > 0 ? names : null };
  },
};

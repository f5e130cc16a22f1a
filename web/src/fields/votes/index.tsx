import { ChevronUp } from 'lucide-react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { writeNumber } from '../text.ts';
import type { CellProps, EditorProps, FieldType } from '../types.ts';
import { VotePanel } from './VotePanel.tsx';
import { VoteSettings } from './VoteSettings.tsx';
import css from './votes.module.css';

function Cell({ value }: CellProps) {
  const count = typeof value === 'number' ? value : 0;
  return (
    <span className={css.cell} data-none={count === 0 || undefined}>
      <Icon of={ChevronUp} size={14} />
      {formatNumber(count)}
    </span>
  );
}

/** Nobody sets the sum: opening it shows who voted, and lets the reader vote. */
function Editor({ field, idea, anchor, onCancel }: EditorProps) {
  return (
    <PopupEditor label={field.name} anchor={anchor} onLeave={onCancel}>
      <VotePanel idea={idea} field={field} />
    </PopupEditor>
  );
}

/** What people give from their budgets. */
export const votes: FieldType = {
  icon: ChevronUp,
  align: 'end',
  width: 96,
  Cell,
  Editor,
  opensForAll: true,
  toText: (value) => (typeof value === 'number' ? writeNumber(value) : ''),
  fromText: () => ({ error: t('field.votes.counted') }),
  Settings: VoteSettings,
};

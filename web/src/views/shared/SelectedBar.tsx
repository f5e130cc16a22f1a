import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { IconButton } from '@/ui/Button.tsx';
import css from './selected.module.css';

/** Props of SelectedBar. */
export interface SelectedBarProps {
  /** How many things are selected. */
  count: number;
  /** How that is said, and what the bar is called, where they are no ideas. */
  words?: { selected: string; label: string };
  onClear: () => void;
  /** What can be done with them. */
  children: ReactNode;
}

/** A bar over the foot of a view: how many things are selected, what can be done with them, and a way out. */
export function SelectedBar({ count, words, onClear, children }: SelectedBarProps) {
  return (
    <div className={css.bar} role="toolbar" aria-label={words?.label ?? t('list.bulk.label')}>
      <strong className={css.count}>{words?.selected ?? t('list.bulk.selected', { n: count })}</strong>
      <div className={css.actions}>{children}</div>
      <IconButton label={t('list.bulk.clear')} icon={X} onClick={onClear} />
    </div>
  );
}

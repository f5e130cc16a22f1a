import { X } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { IconButton } from '@/ui/Button.tsx';
import css from './matrix.module.css';
import type { Matrix } from './use-matrix.ts';

/** What can be done to the ideas that are selected. */
export function Choosing({ matrix }: { matrix: Matrix }) {
  const { selected, setSelected } = matrix;
  if (selected.size === 0) return null;
  return (
    <div className={css.choosing} role="toolbar" aria-label={t('list.bulk.label')}>
      <strong>{t('list.bulk.selected', { n: selected.size })}</strong>
      <IconButton label={t('list.bulk.clear')} icon={X} onClick={() => setSelected(new Set())} />
    </div>
  );
}

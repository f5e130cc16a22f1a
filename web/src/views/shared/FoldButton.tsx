import { ChevronRight } from 'lucide-react';
import type { ComponentProps } from 'react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './FoldButton.module.css';

/** Props of FoldButton. */
export interface FoldButtonProps
  extends Pick<ComponentProps<'button'>, 'tabIndex' | 'aria-expanded' | 'onClick'> {
  /** Name of the group. */
  group: string;
  open: boolean;
}

/** Folds a group of ideas away, or opens it. */
export function FoldButton({ group, open, ...rest }: FoldButtonProps) {
  return (
    <button
      type="button"
      className={css.fold}
      aria-label={t(open ? 'list.collapse' : 'list.expand', { group })}
      data-open={open || undefined}
      {...rest}
    >
      <Icon of={ChevronRight} size={14} />
    </button>
  );
}

import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import css from './view.module.css';

/** Props of MoveButtons. */
export interface MoveButtonsProps {
  /** What is moved. */
  name: string;
  /** Move it by one; absent where it cannot. */
  onUp?: () => void;
  onDown?: () => void;
}

/** Moves a line of a list by one, and shows that it can be dragged. */
export function MoveButtons({ name, onUp, onDown }: MoveButtonsProps) {
  return (
    <span className={css.moves}>
      <IconButton
        label={t('field.settings.up', { name })}
        icon={ChevronUp}
        size="tiny"
        disabled={!onUp}
        onClick={onUp}
      />
      <IconButton
        label={t('field.settings.down', { name })}
        icon={ChevronDown}
        size="tiny"
        disabled={!onDown}
        onClick={onDown}
      />
      <Icon of={GripVertical} size={14} />
    </span>
  );
}

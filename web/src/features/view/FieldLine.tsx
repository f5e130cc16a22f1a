import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { type DropSide, useLineDrag } from './use-line-drag.ts';
import css from './view.module.css';

/** Props of FieldLine. */
export interface FieldLineProps {
  field: FieldInfo;
  shown: boolean;
  onShow: (shown: boolean) => void;
  /** Another line was dropped beside this one; absent where lines cannot be moved. */
  onDropped?: (ref: string, side: DropSide) => void;
  /** Move it by one; absent where it cannot. */
  onUp?: () => void;
  onDown?: () => void;
}

/** A field in the list of those that a view may show. */
export function FieldLine({ field, shown, onShow, onDropped, onUp, onDown }: FieldLineProps) {
  const { line, over } = useLineDrag('cairn.shown-field', field.ref, onDropped);
  return (
    <li ref={line} className={css.fieldRow} data-over={over} data-movable={onDropped ? '' : undefined}>
      <Checkbox
        checked={shown}
        onCheckedChange={onShow}
        label={
          <span className={css.fieldName}>
            <Icon of={typeOf(field).icon} size={14} />
            {field.name}
          </span>
        }
      />
      {onDropped && (
        <span className={css.moves}>
          <IconButton
            label={t('field.settings.up', { name: field.name })}
            icon={ChevronUp}
            size="tiny"
            disabled={!onUp}
            onClick={onUp}
          />
          <IconButton
            label={t('field.settings.down', { name: field.name })}
            icon={ChevronDown}
            size="tiny"
            disabled={!onDown}
            onClick={onDown}
          />
          <Icon of={GripVertical} size={14} />
        </span>
      )}
    </li>
  );
}

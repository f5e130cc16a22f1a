import { typeOf } from '@/fields/registry.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { type DropSide, useLineDrag } from '@/ui/use-line-drag.ts';
import { MoveButtons } from './MoveButtons.tsx';
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
      {onDropped && <MoveButtons name={field.name} onUp={onUp} onDown={onDown} />}
    </li>
  );
}

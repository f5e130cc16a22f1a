import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Icon } from '@/ui/Icon.tsx';
import css from './view.module.css';

const kind = 'cairn.shown-field';

/** On which side of a line another one is dropped. */
export type DropSide = 'before' | 'after';

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
  const { line, over } = useLineDrag(field.ref, onDropped);
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

function sideOf(element: Element, y: number): DropSide {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? 'before' : 'after';
}

function useLineDrag(
  ref: string,
  onDropped: FieldLineProps['onDropped'],
): { line: RefObject<HTMLLIElement | null>; over: DropSide | undefined } {
  const line = useRef<HTMLLIElement>(null);
  const [over, setOver] = useState<DropSide>();
  const latest = useLatest(onDropped);
  const movable = onDropped !== undefined;
  useEffect(() => {
    const element = line.current;
    if (!element || !movable) return;
    return combine(
      draggable({ element, getInitialData: () => ({ kind, ref }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === kind && source.data.ref !== ref,
        onDrag: ({ location }) => setOver(sideOf(element, location.current.input.clientY)),
        onDragLeave: () => setOver(undefined),
        onDrop: ({ source, location }) => {
          setOver(undefined);
          latest()?.(String(source.data.ref), sideOf(element, location.current.input.clientY));
        },
      }),
    );
  }, [ref, movable, latest]);
  return { line, over };
}

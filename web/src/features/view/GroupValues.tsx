import { Eye, EyeOff, RotateCcw } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, GroupBy, ViewGroup } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { ColorDot } from '@/ui/OptionChip.tsx';
import { useLineDrag } from '@/ui/use-line-drag.ts';
import box from '@/views/shared/query/query.module.css';
import { type GroupValue, hiddenAfter, orderAfter, valuesOf } from './group-values.ts';
import { MoveButtons } from './MoveButtons.tsx';
import css from './view.module.css';

/** Props of GroupValues. */
export interface GroupValuesProps {
  by: GroupBy;
  field: FieldInfo;
  /** The groups of that grouping in the result. */
  found: readonly ViewGroup[];
  onChange: (part: Partial<GroupBy>) => void;
}

/** The groups of one grouping, to put in order and to hide. */
export function GroupValues({ by, field, found, onChange }: GroupValuesProps) {
  const { person } = useProject();
  const values = valuesOf({ by, field, found, nameOf: (id) => person(id)?.name });
  if (values.length === 0) return null;
  const move = (key: string, before: string | undefined) =>
    onChange({ order: orderAfter(values, key, before) });
  const chosen = (by.order?.length ?? 0) > 0 || (by.hidden?.length ?? 0) > 0;
  return (
    <div className={css.values}>
      <ul aria-label={t('view.group.values', { field: field.name })}>
        {values.map((value, at) => (
          <ValueLine
            key={value.id}
            value={value}
            kind={`cairn.group-${field.ref}`}
            onDropped={(id, side) => move(id, values[side === 'before' ? at : at + 1]?.id)}
            onUp={at > 0 ? () => move(value.id, values[at - 1]?.id) : undefined}
            onDown={at < values.length - 1 ? () => move(value.id, values[at + 2]?.id) : undefined}
            onHide={() => onChange({ hidden: hiddenAfter(by, value) })}
          />
        ))}
      </ul>
      {chosen && (
        <Button
          className={box.start}
          tone="ghost"
          icon={RotateCcw}
          onClick={() => onChange({ order: undefined, hidden: undefined })}
        >
          {t('view.group.reset')}
        </Button>
      )}
    </div>
  );
}

interface ValueLineProps {
  value: GroupValue;
  kind: string;
  onDropped: (id: string, side: 'before' | 'after') => void;
  onUp?: () => void;
  onDown?: () => void;
  onHide: () => void;
}

function ValueLine({ value, kind, onDropped, onUp, onDown, onHide }: ValueLineProps) {
  const { line, over } = useLineDrag(kind, value.id, onDropped);
  const name = value.label;
  return (
    <li
      ref={line}
      className={css.fieldRow}
      data-over={over}
      data-movable=""
      data-hidden={value.hidden || undefined}
    >
      <span className={css.valueName}>
        {value.color && <ColorDot color={value.color} />}
        {name}
      </span>
      <MoveButtons name={name} onUp={onUp} onDown={onDown} />
      <IconButton
        label={t(value.hidden ? 'view.group.show' : 'view.group.hide', { name })}
        icon={value.hidden ? EyeOff : Eye}
        size="tiny"
        aria-pressed={value.hidden}
        onClick={onHide}
      />
    </li>
  );
}

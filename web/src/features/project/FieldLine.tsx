import { ArrowDown, ArrowUp, Ellipsis, GripVertical, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldPatch } from '@/sync/calls.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { Badge } from '@/ui/Badge.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { typeName } from './field-types.ts';
import type { Place } from './order.ts';
import css from './project.module.css';
import { useRowDrag } from './use-row-drag.ts';

interface FieldLineProps {
  field: FieldInfo;
  locked: boolean;
  onOpen: () => void;
  onDrop: (moved: string, place: Place) => void;
  onStep: (by: 1 | -1) => void;
  onToggle: (change: FieldPatch) => void;
  onDelete: () => void;
}

/** One field in the list of fields. Alt and an arrow key move it. */
export function FieldLine(props: FieldLineProps) {
  const { field, locked, onOpen, onDrop, onStep, onToggle, onDelete } = props;
  const { row, grip, dragging, edge } = useRowDrag(field.ref, locked, onDrop);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (locked || !event.altKey || (by !== 1 && by !== -1)) return;
    event.preventDefault();
    onStep(by);
  };
  return (
    <li ref={row} className={css.line} data-dragging={dragging || undefined} data-edge={edge}>
      {!locked && (
        <span ref={grip} className={css.grip} aria-hidden="true">
          <Icon of={GripVertical} size={14} />
        </span>
      )}
      <span className={css.grow}>
        <Icon of={typeOf(field).icon} />
        <button
          type="button"
          className={css.open}
          onClick={onOpen}
          onKeyDown={onKeyDown}
          aria-keyshortcuts={locked ? undefined : 'Alt+ArrowUp Alt+ArrowDown'}
        >
          {field.name}
        </button>
        <span className={`${css.quiet} ${css.hideOnPhone}`}>{typeName(field.type)}</span>
      </span>
      {field.pinned && <Badge tone="accent">{t('project.field.pinned')}</Badge>}
      {field.hidden && <Badge>{t('project.field.hidden')}</Badge>}
      {field.openToContributors && (
        <span className={css.hideOnPhone}>
          <Badge>{t('project.field.open')}</Badge>
        </span>
      )}
      {!locked && (
        <Menu
          align="end"
          trigger={<IconButton label={t('project.field.more', { name: field.name })} icon={Ellipsis} />}
          items={[
            {
              id: 'up',
              label: t('project.field.up'),
              icon: ArrowUp,
              shortcut: 'Alt+ArrowUp',
              onSelect: () => onStep(-1),
            },
            {
              id: 'down',
              label: t('project.field.down'),
              icon: ArrowDown,
              shortcut: 'Alt+ArrowDown',
              onSelect: () => onStep(1),
            },
            { kind: 'separator', id: 'line' },
            {
              id: 'pin',
              label: t('project.field.pin'),
              checked: field.pinned === true,
              onSelect: () => onToggle({ pinned: !field.pinned }),
            },
            {
              id: 'hide',
              label: t('project.field.hide'),
              checked: field.hidden === true,
              onSelect: () => onToggle({ hidden: !field.hidden }),
            },
            {
              id: 'open',
              label: t('project.field.openTo'),
              checked: field.openToContributors === true,
              onSelect: () => onToggle({ openToContributors: !field.openToContributors }),
            },
            { kind: 'separator', id: 'line2' },
            {
              id: 'delete',
              label: t('project.field.delete'),
              icon: Trash2,
              danger: true,
              onSelect: onDelete,
            },
          ]}
        />
      )}
    </li>
  );
}

import { Trash2 } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldPatch } from '@/sync/calls.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { type LineMoves, OrderedLine } from '@/views/shared/order/OrderedLine.tsx';
import { typeName } from './field-types.ts';
import css from './project.module.css';

interface FieldLineProps {
  field: FieldInfo;
  moves: LineMoves;
  onOpen: () => void;
  onToggle: (change: FieldPatch) => void;
  onDelete: () => void;
}

/** One field in the list of fields. */
export function FieldLine({ field, moves, onOpen, onToggle, onDelete }: FieldLineProps) {
  const { pinned = false, hidden = false, openToContributors = false } = field;
  return (
    <OrderedLine
      moves={moves}
      name={field.name}
      icon={<Icon of={typeOf(field).icon} />}
      note={<span className={cx(css.quiet, css.hideOnPhone)}>{typeName(field.type)}</span>}
      onOpen={onOpen}
      items={[
        {
          id: 'pin',
          label: t('project.field.pin'),
          checked: pinned,
          onSelect: () => onToggle({ pinned: !pinned }),
        },
        {
          id: 'hide',
          label: t('project.field.hide'),
          checked: hidden,
          onSelect: () => onToggle({ hidden: !hidden }),
        },
        {
          id: 'open',
          label: t('project.field.openTo'),
          checked: openToContributors,
          onSelect: () => onToggle({ openToContributors: !openToContributors }),
        },
        { kind: 'separator', id: 'line' },
        {
          id: 'delete',
          label: t('project.field.delete'),
          icon: Trash2,
          danger: true,
          onSelect: onDelete,
        },
      ]}
    >
      {pinned && <Badge tone="accent">{t('project.field.pinned')}</Badge>}
      {hidden && <Badge>{t('project.field.hidden')}</Badge>}
      {openToContributors && (
        <span className={css.hideOnPhone}>
          <Badge>{t('project.field.open')}</Badge>
        </span>
      )}
    </OrderedLine>
  );
}

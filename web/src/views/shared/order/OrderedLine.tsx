import '@/lib/messages/later/project.ts';
import { ArrowDown, ArrowUp, Ellipsis, GripVertical } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { useLineDrag } from '@/ui/use-line-drag.ts';
import css from './order.module.css';
import type { Place } from './order.ts';

/** How a line moves among the others of its list. */
export interface LineMoves {
  /** Which list it is of. */
  kind: string;
  ref: string;
  /** Another line was dropped at a place; absent where lines cannot be moved. */
  onDrop?: (moved: string, place: Place) => void;
  /** Move it by one; absent where it cannot. */
  onUp?: () => void;
  onDown?: () => void;
}

interface OrderedLineProps {
  moves: LineMoves;
  name: string;
  icon: ReactNode;
  /** What stands quietly behind the name. */
  note: ReactNode;
  /** Opens it; absent where it cannot be. */
  onOpen?: () => void;
  /** What the menu offers before and after moving. */
  first?: MenuEntry[];
  items: MenuEntry[];
  /** Badges. */
  children?: ReactNode;
}

/** A line of a list that has an order of its own: dragged by its grip, moved by Alt and an arrow key on its name. */
export function OrderedLine({
  moves,
  name,
  icon,
  note,
  onOpen,
  first = [],
  items,
  children,
}: OrderedLineProps) {
  const { kind, ref, onDrop, onUp, onDown } = moves;
  const { line, grip, dragging, over } = useLineDrag(
    kind,
    ref,
    onDrop && ((moved, side) => onDrop(moved, { ref, side })),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (!onDrop || !event.altKey || !arrow) return;
    event.preventDefault();
    (event.key === 'ArrowUp' ? onUp : onDown)?.();
  };
  return (
    <li ref={line} className={css.line} data-dragging={dragging || undefined} data-over={over}>
      {onDrop && (
        <span ref={grip} className={css.grip} aria-hidden="true">
          <Icon of={GripVertical} size={14} />
        </span>
      )}
      <span className={css.grow}>
        {icon}
        <button
          type="button"
          className={css.open}
          disabled={!onOpen}
          onClick={onOpen}
          onKeyDown={onKeyDown}
          aria-keyshortcuts={onDrop && 'Alt+ArrowUp Alt+ArrowDown'}
        >
          {name}
        </button>
        {note}
      </span>
      {children}
      {onDrop && (
        <Menu
          align="end"
          trigger={<IconButton label={t('project.field.more', { name })} icon={Ellipsis} />}
          items={[...first, ...stepEntries(moves), { kind: 'separator', id: 'moves' }, ...items]}
        />
      )}
    </li>
  );
}

function stepEntries({ onUp, onDown }: LineMoves): MenuEntry[] {
  return [
    {
      id: 'up',
      label: t('project.field.up'),
      icon: ArrowUp,
      shortcut: 'Alt+ArrowUp',
      disabled: !onUp,
      onSelect: () => onUp?.(),
    },
    {
      id: 'down',
      label: t('project.field.down'),
      icon: ArrowDown,
      shortcut: 'Alt+ArrowDown',
      disabled: !onDown,
      onSelect: () => onDown?.(),
    },
  ];
}

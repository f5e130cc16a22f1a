import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import type { MouseEvent, ReactElement, ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import type { MenuEntry, MenuItem } from './menu-entries.ts';
import popup from './popup.module.css';
import type { Side } from './Tooltip.tsx';

export type { MenuEntry, MenuItem };

type BaseUIEvent = MouseEvent & { preventBaseUIHandler: () => void };

/** Props of Menu. */
export interface MenuProps {
  /** The button that opens it: an element that takes a ref and props. */
  trigger: ReactElement<Record<string, unknown>>;
  items: MenuEntry[];
  /** bottom unless told. */
  side?: Side;
  /** start unless told. */
  align?: 'start' | 'center' | 'end';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A button with a menu of commands. */
export function Menu({ trigger, items, side = 'bottom', align = 'start', open, onOpenChange }: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <MenuPopup items={items} side={side} align={align} />
    </Base.Root>
  );
}

/** Props of ContextMenu. */
export interface ContextMenuProps {
  items: MenuEntry[];
  /** The area that answers a right click, a long press or the menu key: an element that takes a ref and props. */
  children: ReactElement<Record<string, unknown>>;
  /** A finger that rests holds what is there; the area asks for the menu itself when it is let go. */
  holds?: boolean;
}

/** A menu at the pointer. */
export function ContextMenu({ items, children, holds }: ContextMenuProps) {
  const own = holds
    ? {
        onTouchStart: (event: { preventBaseUIHandler: () => void }) => event.preventBaseUIHandler(),
        onContextMenu: (event: BaseUIEvent) => {
          if (!('pointerType' in event.nativeEvent) || event.nativeEvent.pointerType !== 'touch') return;
          event.preventDefault();
          event.preventBaseUIHandler();
        },
      }
    : {};
  return (
    <BaseContext.Root>
      <BaseContext.Trigger render={children} {...own} />
      <MenuPopup items={items} />
    </BaseContext.Root>
  );
}

interface MenuPopupProps {
  /** The name of a menu in a menu. */
  label?: string;
  items: MenuEntry[];
  side?: Side;
  align?: 'start' | 'center' | 'end';
}

function MenuPopup({ label, items, side, align }: MenuPopupProps) {
  return (
    // While it is open it is a landmark of its own: content outside of all landmarks is hard to come by.
    <Base.Portal role="region" aria-label={label ?? t('ui.menu')}>
      <Base.Positioner
        className={popup.positioner}
        side={side}
        align={align}
        sideOffset={4}
        collisionPadding={4}
      >
        <Base.Popup className={popup.popup} data-hotkeys="off">
          {items.map(renderEntry)}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

function renderEntry(entry: MenuEntry): ReactNode {
  switch (entry.kind) {
    case 'separator':
      return <Base.Separator key={entry.id} className={popup.separator} />;
    case 'group':
      return (
        <Base.Group key={entry.id}>
          <Base.GroupLabel className={popup.groupLabel}>{entry.label}</Base.GroupLabel>
          {entry.items.map(renderEntry)}
        </Base.Group>
      );
    case 'submenu':
      return (
        <Base.SubmenuRoot key={entry.id}>
          <Base.SubmenuTrigger className={popup.item}>
            {entry.icon && <Icon of={entry.icon} />}
            <span className={popup.label}>{entry.label}</span>
            <Icon of={ChevronRight} size={14} />
          </Base.SubmenuTrigger>
          <MenuPopup label={entry.label} items={entry.items} side="right" />
        </Base.SubmenuRoot>
      );
    default:
      return <Item key={entry.id} item={entry} />;
  }
}

function Item({ item }: { item: MenuItem }) {
  const content = (
    <>
      {item.leading}
      {item.icon && <Icon of={item.icon} />}
      <span className={popup.label}>{item.label}</span>
      {item.hint && <span className={popup.hint}>{item.hint}</span>}
      {item.shortcut && (
        <span className={popup.hint}>
          <Kbd keys={item.shortcut} />
        </span>
      )}
    </>
  );
  const shared = { className: popup.item, disabled: item.disabled, 'data-danger': item.danger || undefined };
  if (item.checked !== undefined) {
    return (
      <Base.CheckboxItem
        {...shared}
        checked={item.checked}
        closeOnClick={!item.stay}
        onCheckedChange={item.onSelect}
      >
        {content}
        <span className={popup.check}>
          <Base.CheckboxItemIndicator>
            <Icon of={Check} />
          </Base.CheckboxItemIndicator>
        </span>
      </Base.CheckboxItem>
    );
  }
  return (
    <Base.Item {...shared} closeOnClick={!item.stay} onClick={item.onSelect}>
      {content}
    </Base.Item>
  );
}

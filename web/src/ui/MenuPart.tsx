import { Menu as Base } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import { Give, type Handover } from './late-trigger.tsx';
import type { MenuEntry, MenuItem } from './menu-entries.ts';
import popup from './popup.module.css';
import type { Align, Side } from './sides.ts';

/** Props of MenuPart. */
export interface MenuPartProps {
  /** What the trigger, which stands there before, is to do. */
  handover: Handover;
  /** The id of the trigger, if it has one of its own. */
  triggerId?: string;
  items: MenuEntry[];
  side: Side;
  align: Align;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** What opens at the trigger of a Menu. */
export default function MenuPart({
  handover,
  triggerId,
  items,
  side,
  align,
  open,
  onOpenChange,
}: MenuPartProps) {
  // Open without a trigger it would stand nowhere.
  const taken = useStore(handover.taken);
  return (
    <Base.Root open={open && taken} onOpenChange={onOpenChange}>
      <Base.Trigger id={triggerId} render={(props) => <Give props={props} to={handover} />} />
      <MenuPopup items={items} side={side} align={align} />
    </Base.Root>
  );
}

interface MenuPopupProps {
  /** The name of a menu in a menu. */
  label?: string;
  items: MenuEntry[];
  side?: Side;
  align?: Align;
}

/** The list of a menu, wherever it opens. */
export function MenuPopup({ label, items, side, align }: MenuPopupProps) {
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

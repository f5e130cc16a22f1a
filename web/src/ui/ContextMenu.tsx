import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { MouseEvent, ReactElement } from 'react';
import { MenuPopup } from './MenuPart.tsx';
import type { MenuEntry } from './menu-entries.ts';

type BaseUIEvent = MouseEvent & { preventBaseUIHandler: () => void };

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
    <Base.Root>
      <Base.Trigger render={children} {...own} />
      <MenuPopup items={items} />
    </Base.Root>
  );
}

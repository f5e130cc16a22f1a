import type { ReactElement } from 'react';
import { useStore } from '@/lib/store.ts';
import { LateTrigger, useLate } from './late-trigger.tsx';
import type { MenuEntry, MenuItem } from './menu-entries.ts';
import { MenuPart } from './popups.ts';
import type { Align, Side } from './sides.ts';

export type { MenuEntry, MenuItem };

/** Props of Menu. */
export interface MenuProps {
  /** The button that opens it: an element that takes a ref and props. */
  trigger: ReactElement<Record<string, unknown>>;
  items: MenuEntry[];
  /** bottom unless told. */
  side?: Side;
  /** start unless told. */
  align?: Align;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A button with a menu of commands. */
export function Menu({ trigger, items, side = 'bottom', align = 'start', open, onOpenChange }: MenuProps) {
  const late = useLate(MenuPart, open);
  const wanted = useStore(late.wanted);
  return (
    <>
      <LateTrigger late={late} element={trigger} />
      {wanted && (
        <MenuPart
          handover={late}
          triggerId={trigger.props.id as string | undefined}
          items={items}
          side={side}
          align={align}
          open={open}
          onOpenChange={onOpenChange}
        />
      )}
    </>
  );
}

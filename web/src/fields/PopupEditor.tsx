import type { ReactNode, RefObject } from 'react';
import { Popover } from '@/ui/Popover.tsx';
import type { Anchor } from './types.ts';

/** Props of PopupEditor. */
export interface PopupEditorProps {
  label: string;
  anchor: Anchor;
  /** Called when it is left, by Esc, Tab or a click elsewhere. */
  onLeave: () => void;
  flush?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** An editor that needs more room than its cell: it floats beside it. */
export function PopupEditor({ label, anchor, onLeave, flush, initialFocus, children }: PopupEditorProps) {
  return (
    <Popover
      open
      onOpenChange={(open) => {
        if (!open) onLeave();
      }}
      anchor={anchor}
      label={label}
      flush={flush}
      initialFocus={initialFocus}
    >
      {/* The grid behind must not hear the keys that are meant for the editor; React passes them on through portals. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only keeps keys and clicks from the grid */}
      <div onKeyDown={(event) => event.stopPropagation()} onPointerDown={(event) => event.stopPropagation()}>
        {children}
      </div>
    </Popover>
  );
}

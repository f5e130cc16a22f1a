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
      {children}
    </Popover>
  );
}

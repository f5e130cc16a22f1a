import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import css from './Drawer.module.css';

/** Props of Drawer. */
export interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  label: string;
  children: ReactNode;
}

/** A panel that slides in from the side of a small screen. */
export default function Drawer({ open, onOpenChange, label, children }: DrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.backdrop} />
        <Dialog.Popup className={css.drawer} aria-label={label} data-hotkeys="off">
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

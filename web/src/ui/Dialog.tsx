import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { t } from '@/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import css from './Dialog.module.css';

/** Props of Dialog. */
export interface DialogProps {
  open: boolean;
  /** Called with false on Esc, on a click outside and on the close button. */
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence below the title. */
  description?: ReactNode;
  /** small 400 px, medium 560 px (unless told), large 800 px, full: as much as the screen has. */
  size?: 'small' | 'medium' | 'large' | 'full';
  /** Buttons at the end, the primary one last. */
  footer?: ReactNode;
  /** What is focused first; else the first control. */
  initialFocus?: RefObject<HTMLElement | null>;
  children?: ReactNode;
}

/** A window over the page that holds the focus until it is closed. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, size = 'medium', footer, initialFocus, children } = props;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={css.backdrop} />
        <Base.Viewport className={css.viewport}>
          <Base.Popup className={css.popup} data-size={size} data-hotkeys="off" initialFocus={initialFocus}>
            <header className={css.header}>
              <Base.Title className={css.title}>{title}</Base.Title>
            </header>
            {description && <Base.Description className={css.description}>{description}</Base.Description>}
            {children && <div className={css.body}>{children}</div>}
            {footer && <footer className={css.footer}>{footer}</footer>}
            {/* Last in order, so that the first control of the content gets the focus. */}
            <Base.Close className={css.close} render={<IconButton label={t('ui.close')} icon={X} />} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/ui/Button.tsx';
import css from './ListPanel.module.css';

interface ListPanelProps {
  /** Where it stands. */
  className: string | undefined;
  title: string;
  /** What the button says that closes it. */
  close: string;
  onClose: () => void;
  children: ReactNode;
}

/** A list of ideas beside or over the plot, under a title. */
export function ListPanel({ className, title, close, onClose, children }: ListPanelProps) {
  return (
    <aside className={className} aria-label={title}>
      <header className={css.header}>
        <h2 className={css.title}>{title}</h2>
        <IconButton label={close} icon={X} size="tiny" onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}

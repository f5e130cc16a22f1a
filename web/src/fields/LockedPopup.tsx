import { Lock } from 'lucide-react';
import { Icon } from '@/ui/Icon.tsx';
import css from './fields.module.css';
import { PopupEditor } from './PopupEditor.tsx';
import type { Anchor } from './types.ts';

/** Props of LockedNote. */
export interface LockedNoteProps {
  label: string;
  reason: string;
  anchor: Anchor;
  onLeave: () => void;
}

/** Says why a cell cannot be edited and who can. */
export default function LockedPopup({ label, reason, anchor, onLeave }: LockedNoteProps) {
  return (
    <PopupEditor label={label} anchor={anchor} onLeave={onLeave}>
      <p className={css.note}>
        <Icon of={Lock} size={14} />
        <span>{reason}</span>
      </p>
    </PopupEditor>
  );
}

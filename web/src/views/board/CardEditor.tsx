import { useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { LockedNote } from '@/fields/LockedNote.tsx';
import { typeOf } from '@/fields/registry.ts';
import { lockReason } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FieldInfo, IdeaRow } from '@/sync/types.ts';
import { usePending } from '@/sync/use-result.ts';
import { shownValue } from '../shared/groups.ts';
import { EditedHere } from '../shared/presence/EditedHere.tsx';
import css from './card-editor.module.css';

/** A value of a card that is being edited. */
export interface EditedValue {
  row: IdeaRow;
  field: FieldInfo;
  /** Where the card shows it. */
  element: HTMLElement;
}

/** The value that a press on a card is on; undefined where it opens the idea. */
export function valueUnder(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[data-value]')) || undefined;
}

/** What is being edited, and a way to begin: a checkbox turns over at once. */
export function useCardEdit() {
  const { project, session } = useProject();
  const [edited, setEdited] = useState<EditedValue>();
  const edit = (next: EditedValue) => {
    const { row, field } = next;
    const { toggle } = typeOf(field);
    if (!toggle || lockReason(field, project.role) !== undefined) return setEdited(next);
    const value = toggle(shownValue(row, field.ref, session.overlay.of(row.id)));
    return void session.setValues([{ id: row.id, ref: field.ref, value }]);
  };
  return { edited, edit, close: () => setEdited(undefined) };
}

/** The field's editor over a value on a card, as over a cell of the list. */
export function CardEditor({ edited, onClose }: { edited: EditedValue; onClose: () => void }) {
  const { row, field, element } = edited;
  const { project, session } = useProject();
  const pending = usePending(row.id);
  const anchor = useMemo(() => ({ current: element }), [element]);
  const { Editor, opensForAll } = typeOf(field);
  const locked = lockReason(field, project.role);
  const value = shownValue(row, field.ref, pending);
  const commit = (next: CellValue) => {
    if (JSON.stringify(next) !== JSON.stringify(value))
      void session.setValues([{ id: row.id, ref: field.ref, value: next }]);
    onClose();
  };
  useEffect(() => {
    // What scrolls away under an editor is left, which keeps what was typed.
    const leave = (event: Event) => {
      if (event.target instanceof Element && event.target.contains(element))
        (document.activeElement as HTMLElement | null)?.blur();
    };
    window.addEventListener('scroll', leave, { capture: true, passive: true });
    return () => window.removeEventListener('scroll', leave, { capture: true });
  }, [element]);
  if (locked !== undefined && !opensForAll)
    return <LockedNote label={field.name} reason={locked} anchor={anchor} onLeave={onClose} />;
  if (!Editor) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  const wide = Math.max(width, 120);
  return createPortal(
    <div
      className={css.editor}
      style={{
        insetInlineStart: Math.min(left, window.innerWidth - wide - 4),
        insetBlockStart: top + height / 2 - 14,
        inlineSize: wide,
      }}
    >
      <EditedHere idea={row.id} field={field} />
      <Editor
        field={field}
        idea={row.id}
        value={value}
        anchor={anchor}
        onCommit={commit}
        onCancel={onClose}
      />
    </div>,
    document.getElementById('main') ?? document.body,
  );
}

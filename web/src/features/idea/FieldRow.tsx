import { Lock, Pencil } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { ExplanationPanel } from '@/fields/formula/Explanation.tsx';
import { LockedNote } from '@/fields/LockedNote.tsx';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { lockReason } from '@/sync/facts.ts';
import { useHere } from '@/sync/presence.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FieldInfo, Idea } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { Tooltip } from '@/ui/Tooltip.tsx';
import { EditedBy } from '@/views/shared/presence/EditedBy.tsx';
import css from './Fields.module.css';
import type { Touch } from './idea-doc.ts';
import { TouchNote } from './TouchNote.tsx';
import { ideaValue } from './use-idea.ts';

/** What names a field's control: the name beside it, then the value in it. */
function nameIdOf(field: FieldInfo): string {
  return `idea-field-${field.ref}`;
}

interface FieldRowProps {
  field: FieldInfo;
  idea: Idea;
  touch: Touch | undefined;
}

/** One field: its name, and its value, which becomes its editor when clicked. */
export function FieldRow({ field, idea, touch }: FieldRowProps) {
  const { project } = useProject();
  const type = typeOf(field);
  const locked = type.opensForAll ? undefined : lockReason(field, project.role);
  const name = (
    <span className={css.name}>
      <Icon of={type.icon} size={14} />
      <span id={nameIdOf(field)} className={css.nameText}>
        {field.name}
      </span>
      {locked !== undefined && <Icon of={Lock} size={12} />}
    </span>
  );
  return (
    <div className={css.row} data-touched={touch ? true : undefined}>
      <dt>{field.description ? <Tooltip content={field.description}>{name}</Tooltip> : name}</dt>
      <dd className={css.value}>
        <Value field={field} idea={idea} locked={locked} />
        <TouchNote touch={touch} />
        <EditedBy idea={idea.id} field={field.ref} />
      </dd>
    </div>
  );
}

interface ValueProps {
  field: FieldInfo;
  idea: Idea;
  locked: string | undefined;
}

function Value({ field, idea, locked }: ValueProps) {
  const { session } = useProject();
  const { Cell, Editor, toggle, keyValue } = typeOf(field);
  const [open, setOpen] = useState(false);
  const [cell, setCell] = useState<HTMLButtonElement | null>(null);
  useHere(open && locked === undefined ? { idea: idea.id, field: field.ref } : undefined);
  const id = useId();
  const value = ideaValue(idea, field);
  // A link cannot lie within a button.
  const isLink = field.type === 'url' && !isEmpty(value);
  const set = (next: CellValue) => void session.setValues([{ id: idea.id, ref: field.ref, value: next }]);
  const leave = () => {
    setOpen(false);
    requestAnimationFrame(() => cell?.focus({ preventScroll: true }));
  };
  if (field.type === 'formula') return <Computed field={field} idea={idea.id} value={value} />;
  const onKeyDown = (event: KeyboardEvent) => {
    if (locked !== undefined || field.readOnly || event.metaKey || event.ctrlKey || event.altKey) return;
    const next =
      event.key === 'Backspace' || event.key === 'Delete' ? null : keyValue?.(event.key, value, field);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(next);
  };
  return (
    <div className={css.cellWrap}>
      {isLink ? (
        <span className={css.cell}>
          <Cell field={field} value={value} />
          <IconButton
            ref={setCell}
            size="tiny"
            label={t('idea.editField', { field: field.name })}
            icon={Pencil}
            onClick={() => setOpen(true)}
          />
        </span>
      ) : (
        <button
          ref={setCell}
          type="button"
          id={id}
          className={css.cell}
          data-locked={locked !== undefined || undefined}
          aria-labelledby={`${nameIdOf(field)} ${id}`}
          aria-haspopup={toggle ? undefined : 'dialog'}
          onClick={() => (toggle && locked === undefined ? set(toggle(value)) : setOpen(true))}
          onKeyDown={onKeyDown}
        >
          {isEmpty(value) && !toggle ? <Empty /> : <Cell field={field} value={value} />}
        </button>
      )}
      {open && locked !== undefined && (
        <LockedNote label={field.name} reason={locked} anchor={cell} onLeave={leave} />
      )}
      {open && locked === undefined && Editor && (
        <Editor
          field={field}
          value={value}
          idea={idea.id}
          anchor={cell}
          onCommit={(next) => {
            leave();
            set(next);
          }}
          onCancel={leave}
        />
      )}
    </div>
  );
}

/** A computed value, which explains itself on hover and when it is pressed. */
function Computed({ field, idea, value }: { field: FieldInfo; idea: number; value: CellValue }) {
  const { Cell } = typeOf(field);
  const id = useId();
  return (
    <Popover
      label={t('field.formula.explain', { field: field.name })}
      onHover
      trigger={
        <button type="button" id={id} className={css.cell} aria-labelledby={`${nameIdOf(field)} ${id}`}>
          {isEmpty(value) ? <Empty /> : <Cell field={field} value={value} />}
        </button>
      }
    >
      <ExplanationPanel idea={idea} field={field} />
    </Popover>
  );
}

function Empty() {
  return (
    <span className={css.empty}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{t('idea.noValue')}</span>
    </span>
  );
}

function isEmpty(value: CellValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

import { Plus } from 'lucide-react';
import { useContext, useState } from 'react';
import { fuzzyFilter } from '@/actions/search.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { Column, FieldInfo, Ref } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { movedBefore } from '@/views/shared/query/order.ts';
import box from '@/views/shared/query/query.module.css';
import { FieldLine } from './FieldLine.tsx';
import { MakeFieldContext } from './new-field.ts';
import css from './view.module.css';

/** Props of FieldsPanel. */
export interface FieldsPanelProps {
  columns: readonly Column[];
  onColumnsChange: (columns: Column[]) => void;
}

/** Chooses which fields a view shows, and their order. */
export function FieldsPanel({ columns, onColumnsChange }: FieldsPanelProps) {
  const { allFields, field } = useProject();
  const [typed, setTyped] = useState('');
  const title = columns.filter((column) => column.field === 'title');
  // Columns of deleted fields stay where they are: the field may come back.
  const own = columns.filter((column) => column.field !== 'title');
  const shown = own.flatMap((column) => field(column.field) ?? []);
  const hidden = allFields.filter((each) => each.ref !== 'title' && !shown.includes(each));
  const find = (list: readonly FieldInfo[]) => fuzzyFilter(list, typed, (each) => each.name);
  const toggle = (each: FieldInfo, on: boolean) =>
    onColumnsChange(
      on ? [...columns, { field: each.ref }] : columns.filter((column) => column.field !== each.ref),
    );
  const move = (ref: string, before: string | undefined) =>
    onColumnsChange([...title, ...movedBefore(own, ref, before)]);
  const movable = typed === '';
  const line = (each: FieldInfo) => {
    const at = shown.indexOf(each);
    return (
      <FieldLine
        key={each.ref}
        field={each}
        shown={at >= 0}
        onShow={(on) => toggle(each, on)}
        onDropped={
          movable && at >= 0
            ? (ref, side) => move(ref, shown[side === 'before' ? at : at + 1]?.ref)
            : undefined
        }
        onUp={movable && at > 0 ? () => move(each.ref, shown[at - 1]?.ref) : undefined}
        onDown={
          movable && at >= 0 && at < shown.length - 1 ? () => move(each.ref, shown[at + 2]?.ref) : undefined
        }
      />
    );
  };
  const [on, off] = [find(shown), find(hidden)];
  return (
    <div className={`${box.panel} ${box.narrow}`}>
      <TextField
        value={typed}
        onValueChange={setTyped}
        placeholder={t('view.fields.search')}
        aria-label={t('view.fields.search')}
      />
      <div className={css.fieldList}>
        {on.length > 0 && (
          <Heading
            text={t('view.fields.shown')}
            action={t('view.fields.hideAll')}
            onAction={movable ? () => onColumnsChange(title) : undefined}
          />
        )}
        <ul>{on.map(line)}</ul>
        {off.length > 0 && (
          <Heading
            text={t('view.fields.hidden')}
            action={t('view.fields.showAll')}
            onAction={
              movable
                ? () => onColumnsChange([...columns, ...hidden.map((each) => ({ field: each.ref }))])
                : undefined
            }
          />
        )}
        <ul>{off.map(line)}</ul>
        {on.length + off.length === 0 && <p className={css.hint}>{t('ui.noMatches', { query: typed })}</p>}
      </div>
      <NewField onMade={(ref) => onColumnsChange([...columns, { field: ref }])} />
    </div>
  );
}

/** Makes a field of the project, for those who may; it is shown in the view at once. */
function NewField({ onMade }: { onMade: (ref: Ref) => void }) {
  const { project } = useProject();
  const make = useContext(MakeFieldContext);
  const [making, setMaking] = useState(false);
  if (!make || !hasRole(project.role, 'admin')) return null;
  const close = (made?: Ref) => {
    setMaking(false);
    if (made) onMade(made);
  };
  return (
    <>
      <Button tone="ghost" icon={Plus} onClick={() => setMaking(true)}>
        {t('project.field.add')}
      </Button>
      {making && make(close)}
    </>
  );
}

interface HeadingProps {
  text: string;
  action: string;
  onAction: (() => void) | undefined;
}

function Heading({ text, action, onAction }: HeadingProps) {
  return (
    <div className={css.heading}>
      <h2>{text}</h2>
      {onAction && (
        <Button tone="ghost" className={css.quiet} onClick={onAction}>
          {action}
        </Button>
      )}
    </div>
  );
}

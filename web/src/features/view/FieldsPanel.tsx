import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { fuzzyFilter } from '@/actions/search.ts';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Column, FieldInfo } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { TextField } from '@/ui/TextField.tsx';
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
  const own = columns.filter((column) => column.field !== 'title');
  const shown = own.flatMap((column) => field(column.field) ?? []);
  const hidden = allFields.filter((each) => each.ref !== 'title' && !shown.includes(each));
  const find = (list: readonly FieldInfo[]) => fuzzyFilter(list, typed, (each) => each.name);
  const toggle = (each: FieldInfo, on: boolean) =>
    onColumnsChange(
      on ? [...columns, { field: each.ref }] : columns.filter((column) => column.field !== each.ref),
    );
  const move = (each: FieldInfo, by: number) => {
    const next = [...own];
    const at = next.findIndex((column) => column.field === each.ref);
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    onColumnsChange([...title, ...next]);
  };
  const line = (each: FieldInfo, on: boolean) => {
    const at = shown.indexOf(each);
    return (
      <li key={each.ref} className={css.fieldRow}>
        <Checkbox
          checked={on}
          onCheckedChange={(next) => toggle(each, next)}
          label={
            <span className={css.line}>
              <Icon of={typeOf(each).icon} size={14} />
              {each.name}
            </span>
          }
        />
        {on && typed === '' && (
          <>
            <IconButton
              label={t('field.settings.up', { name: each.name })}
              icon={ChevronUp}
              size="tiny"
              disabled={at === 0}
              onClick={() => move(each, -1)}
            />
            <IconButton
              label={t('field.settings.down', { name: each.name })}
              icon={ChevronDown}
              size="tiny"
              disabled={at === shown.length - 1}
              onClick={() => move(each, 1)}
            />
          </>
        )}
      </li>
    );
  };
  const [on, off] = [find(shown), find(hidden)];
  return (
    <div className={`${css.panel} ${css.narrow}`}>
      <TextField
        value={typed}
        onValueChange={setTyped}
        placeholder={t('view.fields.search')}
        aria-label={t('view.fields.search')}
      />
      <div className={css.fieldList}>
        {on.length > 0 && <h3 className={css.heading}>{t('view.fields.shown')}</h3>}
        <ul>{on.map((each) => line(each, true))}</ul>
        {off.length > 0 && <h3 className={css.heading}>{t('view.fields.hidden')}</h3>}
        <ul>{off.map((each) => line(each, false))}</ul>
        {on.length + off.length === 0 && <p className={css.hint}>{t('ui.noMatches', { query: typed })}</p>}
      </div>
    </div>
  );
}

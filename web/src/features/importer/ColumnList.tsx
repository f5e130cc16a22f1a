import { Search } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Segments } from '@/ui/Segments.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { ColumnLine } from './ColumnLine.tsx';
import type { Column, MappedColumn, RunDetail } from './calls.ts';
import { newTypesOf, useFillable } from './home.ts';
import css from './importer.module.css';
import type { Draft } from './mapping.ts';

const shownSets = ['all', 'used', 'ignored'] as const;

/** With fewer columns than these, nothing is gained by searching among them. */
const manyColumns = 12;

/** Props of ColumnList. */
export interface ColumnListProps {
  run: RunDetail;
  draft: Draft;
  disabled: boolean;
  onChange: (draft: Draft) => void;
}

/** The columns of a file, each with its samples and where it goes. */
export function ColumnList({ run, draft, disabled, onChange }: ColumnListProps) {
  const [shown, setShown] = useState<(typeof shownSets)[number]>('all');
  const [wanted, setWanted] = useState('');
  const fields = useFillable(run.subject);
  const columns = run.survey.columns ?? [];
  const fits = (column: Column) => {
    const used = (draft[column.key]?.target ?? 'ignore') !== 'ignore';
    const inSet = shown === 'all' || used === (shown === 'used');
    return inSet && column.name.toLowerCase().includes(wanted.trim().toLowerCase());
  };
  const list = columns.filter(fits);
  const set = (mapped: MappedColumn) => onChange({ ...draft, [mapped.column]: mapped });
  return (
    <>
      {columns.length > manyColumns && (
        <div className={css.filters}>
          <TextField
            aria-label={t('importer.findColumn')}
            placeholder={t('importer.findColumn')}
            icon={Search}
            clearable
            value={wanted}
            onValueChange={setWanted}
          />
          <Segments
            label={t('importer.shown')}
            options={shownSets.map((value) => ({ value, label: t(`importer.shown.${value}`) }))}
            value={shown}
            onValueChange={setShown}
          />
        </div>
      )}
      {list.length === 0 ? (
        <p className={css.text}>{t('importer.noColumn')}</p>
      ) : (
        <ul className={css.list}>
          {list.map((column) => (
            <ColumnLine
              key={column.key}
              column={column}
              mapped={draft[column.key] ?? { column: column.key, target: 'ignore' }}
              targets={run.targets ?? []}
              fields={fields}
              types={newTypesOf(run.subject)}
              disabled={disabled}
              onChange={set}
            />
          ))}
        </ul>
      )}
    </>
  );
}

import { colorOf, optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { MultiCombobox } from '@/ui/Combobox.tsx';
import { DatePicker } from '@/ui/DatePicker.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './fields.module.css';
import {
  type DayOperand,
  dayOperand,
  type FilterOp,
  operandShape,
  spanUnits,
  thisUnits,
  writeDay,
} from './filter-ops.ts';
import { useIdeaOptions } from './IdeaPicker.tsx';
import { peopleOptions } from './PeoplePicker.tsx';
import { idList, textList } from './text.ts';

/** Props of FilterValue. */
export interface FilterValueProps {
  field: FieldInfo;
  op: FilterOp;
  value: unknown;
  onValueChange: (value: unknown) => void;
}

/** Enters what a comparison compares with, in the way of its operator. */
export function FilterValue({ field, op, value, onValueChange }: FilterValueProps) {
  const label = t('filter.value', { field: field.name });
  switch (operandShape(op, field.type)) {
    case 'none':
      return null;
    case 'truth':
      return (
        <Select
          aria-label={label}
          options={[
            { value: 'true', label: t('filter.checked') },
            { value: 'false', label: t('filter.unchecked') },
          ]}
          value={value === false ? 'false' : 'true'}
          onValueChange={(next) => onValueChange(next === 'true')}
        />
      );
    case 'number':
      return (
        <NumberField
          aria-label={label}
          value={typeof value === 'number' ? value : null}
          onValueChange={(next) => onValueChange(next ?? undefined)}
        />
      );
    case 'numbers':
      return <Numbers label={label} value={value} onValueChange={onValueChange} />;
    case 'choices':
      if (field.type === 'parent' || field.type === 'connection')
        return <Ideas field={field} label={label} value={value} onValueChange={onValueChange} />;
      return <Choices field={field} label={label} value={value} onValueChange={onValueChange} />;
    case 'day':
      return <DayValue label={label} value={value} onValueChange={onValueChange} />;
    case 'days':
      return <Days label={label} value={value} onValueChange={onValueChange} />;
    case 'span':
      return <Span label={label} value={value} onValueChange={onValueChange} />;
    case 'unit':
      return (
        <Select
          aria-label={label}
          options={thisUnits.map((unit) => ({ value: unit, label: t(`filter.unit.${unit}`) }))}
          value={thisUnits.find((unit) => unit === value) ?? 'month'}
          onValueChange={onValueChange}
        />
      );
    default:
      return (
        <TextField
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          onValueChange={onValueChange}
        />
      );
  }
}

interface PartProps {
  label: string;
  value: unknown;
  onValueChange: (value: unknown) => void;
}

function Numbers({ label, value, onValueChange }: PartProps) {
  const given: unknown[] = Array.isArray(value) ? value : [];
  const part = (at: number) => (typeof given[at] === 'number' ? given[at] : null);
  const set = (at: number, next: number | null) =>
    onValueChange([0, 1].map((each) => (each === at ? next : part(each))));
  return (
    <span className={css.filterRow}>
      <NumberField
        aria-label={t('filter.from', { label })}
        value={part(0)}
        onValueChange={(next) => set(0, next)}
      />
      –
      <NumberField
        aria-label={t('filter.to', { label })}
        value={part(1)}
        onValueChange={(next) => set(1, next)}
      />
    </span>
  );
}

/** The labels of this field in what is loaded, and those that are chosen. */
function labelChoices(known: readonly string[]) {
  return known.map((label) => ({ value: label, label, color: colorOf(label) }));
}

function Choices({ field, label, value, onValueChange }: PartProps & { field: FieldInfo }) {
  const { people, me, session } = useProject();
  const chosen: (string | number)[] = Array.isArray(value) ? value : [];
  if (field.type === 'labels') {
    const found = [...session.windows].flatMap((window) =>
      window.loaded().flatMap(({ row }) => textList(row.values[field.ref])),
    );
    const known = [...new Set([...found, ...chosen.map(String)])].sort((a, b) => a.localeCompare(b));
    return (
      <MultiCombobox
        label={label}
        options={labelChoices(known)}
        values={chosen.map(String)}
        onCreate={(name) => onValueChange([...chosen, name])}
        onValuesChange={onValueChange}
      />
    );
  }
  const isPeople = field.type === 'person' || field.type === 'people';
  const ids = chosen.filter((choice): choice is number => typeof choice === 'number');
  const options = isPeople
    ? [{ value: 'me', label: t('filter.me') }, ...peopleOptions(people, me, ids)]
    : field.options.map((option) => ({
        value: String(option.id),
        label: option.name,
        color: optionColor(option.color),
      }));
  return (
    <MultiCombobox
      label={label}
      options={options}
      values={chosen.map(String)}
      onValuesChange={(next) => onValueChange(next.map((each) => (each === 'me' ? each : Number(each))))}
    />
  );
}

type DayMode = 'today' | 'ago' | 'ahead' | 'fixed';
const dayModes: readonly DayMode[] = ['today', 'ago', 'ahead', 'fixed'];

function modeOf(day: DayOperand | undefined): DayMode {
  if (!day || day.kind === 'fixed') return 'fixed';
  if (day.days === 0) return 'today';
  return day.days < 0 ? 'ago' : 'ahead';
}

function DayValue({ label, value, onValueChange }: PartProps) {
  const day = dayOperand(value);
  const mode = modeOf(day);
  const days = day?.kind === 'relative' ? Math.abs(day.days) : 7;
  const relative = (n: number, as: DayMode) =>
    onValueChange(writeDay({ kind: 'relative', days: as === 'ago' ? -Math.max(1, n) : Math.max(1, n) }));
  const choose = (next: DayMode) => {
    if (next === 'today') onValueChange('today');
    else if (next === 'fixed') onValueChange('');
    else relative(days || 7, next);
  };
  return (
    <span className={css.filterRow}>
      <Select
        aria-label={t('filter.dayKind', { label })}
        className={css.filterUnit}
        options={dayModes.map((each) => ({ value: each, label: t(`filter.day.${each}`) }))}
        value={mode}
        onValueChange={choose}
      />
      {mode === 'fixed' && (
        <DatePicker
          label={label}
          value={day?.kind === 'fixed' ? day.day : null}
          onValueChange={(next) => onValueChange(next ?? '')}
        />
      )}
      {(mode === 'ago' || mode === 'ahead') && (
        <NumberField
          className={css.filterNumber}
          aria-label={label}
          min={1}
          max={3650}
          value={days}
          onValueChange={(next) => relative(next ?? 1, mode)}
        />
      )}
    </span>
  );
}

function Days({ label, value, onValueChange }: PartProps) {
  const given: unknown[] = Array.isArray(value) ? value : [];
  const part = (at: number) => {
    const day = dayOperand(given[at]);
    return day?.kind === 'fixed' ? day.day : null;
  };
  const set = (at: number, next: string | null) =>
    onValueChange([0, 1].map((each) => (each === at ? (next ?? '') : (part(each) ?? ''))));
  return (
    <span className={css.filterRow}>
      <DatePicker
        label={t('filter.from', { label })}
        value={part(0)}
        onValueChange={(next) => set(0, next)}
      />
      –
      <DatePicker label={t('filter.to', { label })} value={part(1)} onValueChange={(next) => set(1, next)} />
    </span>
  );
}

function Span({ label, value, onValueChange }: PartProps) {
  const { n = 30, unit = 'day' } = (typeof value === 'object' && value !== null ? value : {}) as {
    n?: number;
    unit?: string;
  };
  return (
    <span className={css.filterRow}>
      <NumberField
        className={css.filterNumber}
        aria-label={label}
        min={1}
        max={1000}
        value={n}
        onValueChange={(next) => onValueChange({ n: next ?? 1, unit })}
      />
      <Select
        aria-label={t('filter.unit', { label })}
        options={spanUnits.map((each) => ({ value: each, label: t(`filter.units.${each}`) }))}
        value={spanUnits.find((each) => each === unit) ?? 'day'}
        onValueChange={(next) => onValueChange({ n, unit: next })}
      />
    </span>
  );
}

function Ideas({ field, label, value, onValueChange }: PartProps & { field: FieldInfo }) {
  const values = idList(value);
  const narrowed = field.type === 'parent' ? { ownOnly: true as const } : { field: field.ref };
  const { options, onSearch, empty } = useIdeaOptions({ values, ...narrowed });
  return (
    <MultiCombobox
      label={label}
      options={options}
      values={values.map(String)}
      onValuesChange={(next) => onValueChange(next.map(Number))}
      onSearch={onSearch}
      emptyText={empty}
    />
  );
}

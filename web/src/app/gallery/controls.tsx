import { List, Search, SquareKanban } from 'lucide-react';
import { useState } from 'react';
import type { Interval } from '@/lib/days.ts';
import { Calendar } from '@/ui/Calendar.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Combobox, MultiCombobox, Picker } from '@/ui/Combobox.tsx';
import type { ComboOption } from '@/ui/combo.ts';
import { DatePicker, IntervalPanel, IntervalPicker } from '@/ui/DatePicker.tsx';
import { Field } from '@/ui/Field.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { Switch } from '@/ui/Switch.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { PasswordField, TextField } from '@/ui/TextField.tsx';
import css from './Gallery.module.css';
import { Group } from './Group.tsx';

/** Typing. */
export function Inputs() {
  const [text, setText] = useState('Faster claims');
  const [count, setCount] = useState<number | null>(1200);
  return (
    <Group title="Inputs">
      <Field className={css.field} label="Title" hint="At most 1,000 characters">
        <TextField value={text} onValueChange={setText} clearable />
      </Field>
      <Field className={css.field} label="E-mail" error="This is not an e-mail address.">
        <TextField value="someone" onValueChange={() => {}} />
      </Field>
      <Field className={css.field} label="Password">
        <PasswordField value={text} onValueChange={setText} />
      </Field>
      <Field className={css.field} label="Search" hideLabel>
        <TextField value="" onValueChange={setText} icon={Search} placeholder="Search" />
      </Field>
      <Field className={css.field} label="Reach" optional>
        <NumberField value={count} onValueChange={setCount} suffix="users" />
      </Field>
      <Field className={css.field} label="Disabled">
        <TextField value="Only admins may change this" onValueChange={() => {}} disabled />
      </Field>
      <Field className={css.wide} label="Description">
        <TextArea value="What happens, for whom, how often." onValueChange={() => {}} />
      </Field>
    </Group>
  );
}

const options: ComboOption[] = [
  { value: '1', label: 'Now', color: 'green' },
  { value: '2', label: 'Next', color: 'blue' },
  { value: '3', label: 'Later', color: 'gray' },
  { value: '4', label: 'Not planned', color: 'red', hint: '12' },
];

const kinds = [
  { value: 'list', label: 'List', icon: List },
  { value: 'board', label: 'Board', icon: SquareKanban },
] as const;

/** Choosing. */
export function Choices() {
  const [kind, setKind] = useState<'list' | 'board'>('list');
  const [one, setOne] = useState<string | null>('1');
  const [many, setMany] = useState<string[]>(['1', '2']);
  const [on, setOn] = useState(true);
  return (
    <Group title="Choices">
      <Field className={css.field} label="View kind">
        <Select options={kinds} value={kind} onValueChange={setKind} />
      </Field>
      <Field className={css.field} label="Roadmap">
        <Combobox label="Roadmap" options={options} value={one} onValueChange={setOne} />
      </Field>
      <Field className={css.field} label="Roadmaps">
        <MultiCombobox
          label="Roadmaps"
          options={options}
          values={many}
          onValuesChange={setMany}
          onCreate={() => {}}
        />
      </Field>
      <Segments label="Kind" options={kinds} value={kind} onValueChange={setKind} />
      <Checkbox checked={on} onCheckedChange={setOn} label="Show empty groups" />
      <Checkbox checked={false} indeterminate onCheckedChange={setOn} aria-label="Select all" />
      <div className={css.field}>
        <Switch
          checked={on}
          onCheckedChange={setOn}
          label="Open to contributors"
          hint="They may edit this field."
        />
      </div>
      <div className={css.framed}>
        <Picker
          label="Move to"
          options={options}
          multiple
          values={many}
          onValuesChange={setMany}
          onCreate={() => {}}
        />
      </div>
    </Group>
  );
}

/** Dates. */
export function Dates() {
  const [day, setDay] = useState<string | null>('2027-03-12');
  const [span, setSpan] = useState<Interval | null>({
    start: '2027-01-01',
    end: '2027-06-30',
    precision: 'quarter',
  });
  return (
    <Group title="Dates">
      <Field className={css.field} label="Due">
        <DatePicker label="Due" value={day} onValueChange={setDay} />
      </Field>
      <Field className={css.field} label="Planned">
        <IntervalPicker label="Planned" value={span} onValueChange={setSpan} />
      </Field>
      <div className={css.framed}>
        <Calendar start={day ?? undefined} onPick={setDay} />
      </div>
      <div className={css.framed}>
        <IntervalPanel label="Planned" value={span} onValueChange={setSpan} />
      </div>
    </Group>
  );
}

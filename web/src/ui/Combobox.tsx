import { Combobox as Base } from '@base-ui/react/combobox';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import css from './Combobox.module.css';
import { ComboOptions, ComboRoot, ComboSearch, type ComboShared } from './ComboList.tsx';
import type { ComboOption } from './combo.ts';
import control from './control.module.css';
import { Icon } from './Icon.tsx';
import { OptionChip } from './OptionChip.tsx';
import popup from './popup.module.css';

export type { ComboOption };

interface ComboboxShared extends ComboShared {
  /** The name, for the search line and for screen readers. */
  label: string;
  disabled?: boolean;
  size?: 'small' | 'large';
  id?: string;
  className?: string;
}

/** Props of Combobox. */
export interface ComboboxProps extends ComboboxShared {
  value: string | null;
  onValueChange: (value: string | null) => void;
}

/** Props of MultiCombobox. */
export interface MultiComboboxProps extends ComboboxShared {
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
}

/** A control that opens a searchable list: choose one. Choosing the chosen one again clears it. */
export function Combobox({ value, onValueChange, ...rest }: ComboboxProps) {
  return (
    <Control
      {...rest}
      multiple={false}
      values={value === null ? [] : [value]}
      onValuesChange={(values) => onValueChange(values[0] === value ? null : (values[0] ?? null))}
    />
  );
}

/** A control that opens a searchable list: choose any number. */
export function MultiCombobox(props: MultiComboboxProps) {
  return <Control {...props} multiple />;
}

function Control(props: MultiComboboxProps & { multiple: boolean }) {
  const { label, size = 'small', id, className, placeholder, emptyText, ...combo } = props;
  const [open, setOpen] = useState(false);
  const chosen = combo.values.flatMap(
    (value) => combo.options.find((option) => option.value === value) ?? [],
  );
  return (
    <ComboRoot {...combo} open={open} onOpenChange={setOpen}>
      <Base.Trigger id={id} className={cx(control.control, className)} data-size={size} aria-label={label}>
        <span className={cx(control.value, css.values)} data-placeholder={chosen.length === 0 || undefined}>
          {chosen.length === 0
            ? (placeholder ?? t('ui.choose'))
            : chosen.map((option) => <Chosen key={option.value} option={option} />)}
        </span>
        <Icon of={ChevronDown} size={14} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={popup.positioner} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={cx(popup.popup, css.popup)} data-hotkeys="off" aria-label={label}>
            <ComboSearch label={label} />
            <ComboOptions emptyText={emptyText} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </ComboRoot>
  );
}

function Chosen({ option }: { option: ComboOption }) {
  if (option.color) return <OptionChip label={option.label} color={option.color} />;
  return (
    <span className={css.chosen}>
      {option.leading}
      {option.icon && <Icon of={option.icon} size={14} />}
      {option.label}
    </span>
  );
}

/** Props of Picker. */
export interface PickerProps extends ComboShared {
  label: string;
  /** Whether several may be chosen; then choosing does not end the picking. */
  multiple?: true;
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  /** What stands in the search line at first. */
  typed?: string;
}

/** The searchable list alone, for a Popover: the editor of a cell, a filter, "Move to…". */
export function Picker({ label, multiple, placeholder, emptyText, ...combo }: PickerProps) {
  return (
    <ComboRoot {...combo} multiple={multiple ?? false} open inline>
      <div className={css.picker}>
        <ComboSearch label={label} placeholder={placeholder} />
        <ComboOptions emptyText={emptyText} />
      </div>
    </ComboRoot>
  );
}

import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, Plus, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import css from './Combobox.module.css';
import { type ComboOption, createValue, searchText, withCreate } from './combo.ts';
import { Icon } from './Icon.tsx';
import { OptionChip } from './OptionChip.tsx';
import popup from './popup.module.css';

/** What comboboxes and pickers, for one value or several, have in common. */
export interface ComboShared {
  options: readonly ComboOption[];
  /** Offers to make an option of what was typed; called with its name. */
  onCreate?: (name: string) => void;
  /** Said when there are no options at all. */
  emptyText?: string;
  /** In the empty search line. */
  placeholder?: string;
  /** Hears what is typed: for options that come from the server (they are then not filtered again). */
  onSearch?: (text: string) => void;
}

/** Props of ComboRoot. */
export interface ComboRootProps extends ComboShared {
  multiple: boolean;
  values: readonly string[];
  onValuesChange: (values: string[]) => void;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  inline?: boolean;
  disabled?: boolean;
  /** What stands in the search line at first. */
  typed?: string;
  children: ReactNode;
}

const same = (a: ComboOption, b: ComboOption) => a.value === b.value;

/** The state behind a combobox: options as items, values as ids, "create" as one more item. */
export function ComboRoot(props: ComboRootProps) {
  const {
    options,
    values,
    onValuesChange,
    multiple,
    onCreate,
    onSearch,
    open,
    onOpenChange,
    children,
    typed: first = '',
    ...rest
  } = props;
  const [typed, setTyped] = useState(first);
  const items = withCreate(options, typed, onCreate !== undefined);
  const chosen = values.flatMap((value) => options.find((option) => option.value === value) ?? []);
  const { contains } = Base.useFilter({ multiple });

  const choose = (next: ComboOption[]) => {
    const created = next.find((option) => option.value === createValue);
    if (created) onCreate?.(created.label);
    else onValuesChange(next.map((option) => option.value));
    setTyped('');
  };
  const shared = {
    ...rest,
    items,
    open,
    onOpenChange: (next: boolean) => onOpenChange?.(next),
    inputValue: typed,
    onInputValueChange: (text: string, details: { reason: string }) => {
      // Choosing writes the option's name into the line; here the line is only for searching.
      if (details.reason === 'item-press') return;
      setTyped(text);
      onSearch?.(text);
    },
    filter: onSearch
      ? null
      : (option: ComboOption, query: string) =>
          option.value === createValue || contains(searchText(option), query),
    itemToStringLabel: (option: ComboOption) => option.label,
    isItemEqualToValue: same,
    autoHighlight: true,
    limit: 200,
  };
  if (multiple) {
    return (
      <Base.Root<ComboOption, true> {...shared} multiple value={chosen} onValueChange={choose}>
        {children}
      </Base.Root>
    );
  }
  return (
    <Base.Root<ComboOption>
      {...shared}
      value={chosen[0] ?? null}
      onValueChange={(next) => choose(next ? [next] : [])}
    >
      {children}
    </Base.Root>
  );
}

/** The search line above the options. */
export function ComboSearch({ placeholder, label }: { placeholder?: string; label: string }) {
  return (
    <div className={css.search}>
      <Icon of={Search} size={14} />
      <Base.Input
        className={css.searchInput}
        placeholder={placeholder ?? t('ui.search')}
        aria-label={label}
      />
    </div>
  );
}

/** The options that match, with ticks, and the offer to create. */
export function ComboOptions({ emptyText }: { emptyText?: string }) {
  return (
    <>
      <Base.Empty className={popup.empty}>{emptyText ?? t('ui.noOptions')}</Base.Empty>
      <Base.List className={css.list}>
        {(option: ComboOption) => (
          <Base.Item key={option.value} value={option} disabled={option.disabled} className={popup.item}>
            <ComboLabel option={option} />
            <span className={popup.check}>
              <Base.ItemIndicator>
                <Icon of={Check} />
              </Base.ItemIndicator>
            </span>
          </Base.Item>
        )}
      </Base.List>
    </>
  );
}

function ComboLabel({ option }: { option: ComboOption }) {
  if (option.value === createValue) {
    return (
      <>
        <Icon of={Plus} />
        <span className={popup.label}>{t('ui.createOption', { name: option.label })}</span>
      </>
    );
  }
  return (
    <>
      {option.leading}
      {option.icon && <Icon of={option.icon} />}
      <span className={popup.label}>
        {option.color ? <OptionChip label={option.label} color={option.color} /> : option.label}
      </span>
      {option.hint && <span className={popup.hint}>{option.hint}</span>}
    </>
  );
}

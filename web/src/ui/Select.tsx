import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import control from './control.module.css';
import { Icon, type LucideIcon } from './Icon.tsx';
import popup from './popup.module.css';

/** One choice of a select. */
export interface SelectOption<T extends string> {
  value: T;
  label: string;
  icon?: LucideIcon;
  leading?: ReactNode;
  hint?: string;
  disabled?: boolean;
}

/** Props of Select. */
export interface SelectProps<T extends string> {
  options: readonly SelectOption<T>[];
  value: T | null;
  onValueChange: (value: T) => void;
  placeholder?: string;
  disabled?: boolean;
  size?: 'small' | 'large';
  id?: string;
  /** Its name, when no Field around it gives one. */
  'aria-label'?: string;
  className?: string;
}

/** One of a few choices, all known; for many or for searching use Combobox. */
export function Select<T extends string>(props: SelectProps<T>) {
  const {
    options,
    value,
    onValueChange,
    placeholder,
    disabled,
    size = 'small',
    id,
    className,
    'aria-label': label,
  } = props;
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root<T>
      items={options}
      value={value}
      disabled={disabled}
      onOpenChange={setOpen}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
    >
      <Base.Trigger id={id} className={cx(control.control, className)} data-size={size} aria-label={label}>
        {chosen?.leading}
        {chosen?.icon && <Icon of={chosen.icon} />}
        {/* An option whose value is "" is a choice like any other, which Base shows as none. */}
        <Base.Value className={control.value} data-placeholder={chosen ? undefined : ''}>
          {() => chosen?.label ?? placeholder ?? t('ui.choose')}
        </Base.Value>
        <Icon of={ChevronDown} size={14} />
      </Base.Trigger>
      {/* What is closed stays on the page, and is no landmark. */}
      <Base.Portal {...(open && { role: 'region', 'aria-label': label ?? t('ui.menu') })}>
        <Base.Positioner
          className={popup.positioner}
          sideOffset={4}
          collisionPadding={8}
          alignItemWithTrigger={false}
        >
          <Base.Popup className={popup.popup} data-hotkeys="off">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled}
                  className={popup.item}
                >
                  {option.leading}
                  {option.icon && <Icon of={option.icon} />}
                  <Base.ItemText className={popup.label}>{option.label}</Base.ItemText>
                  {option.hint && <span className={popup.hint}>{option.hint}</span>}
                  <span className={popup.check}>
                    <Base.ItemIndicator>
                      <Icon of={Check} />
                    </Base.ItemIndicator>
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

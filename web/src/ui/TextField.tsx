import { Eye, EyeOff, X } from 'lucide-react';
import { type ComponentProps, createElement, type ReactNode, useContext, useState } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import control from './control.module.css';
import { InputContext } from './field-input.ts';
import { Icon, type LucideIcon } from './Icon.tsx';

/** Props of TextField; everything a native input takes passes through. */
export interface TextFieldProps
  extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'size' | 'className' | 'prefix'> {
  value: string;
  onValueChange: (value: string) => void;
  icon?: LucideIcon;
  prefix?: ReactNode;
  suffix?: ReactNode;
  size?: 'small' | 'large';
  /** Offers a button that empties it. */
  clearable?: boolean;
  className?: string;
}

/** A line of text. */
export function TextField(props: TextFieldProps) {
  const { value, onValueChange, icon, prefix, suffix, size = 'small', clearable, className, ...rest } = props;
  const input = useContext(InputContext);
  return (
    <div className={cx(control.control, className)} data-size={size}>
      {icon && <Icon of={icon} />}
      {prefix && <span className={control.affix}>{prefix}</span>}
      {createElement(input, {
        ...rest,
        className: control.input,
        value,
        onChange: (event) => onValueChange(event.target.value),
      })}
      {suffix && <span className={control.affix}>{suffix}</span>}
      {clearable && value !== '' && (
        <IconButton label={t('ui.clear')} icon={X} size="tiny" onClick={() => onValueChange('')} />
      )}
    </div>
  );
}

/** A password, hidden until its owner asks to see it. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'suffix' | 'clearable'>) {
  const [visible, setVisible] = useState(false);
  return (
    <TextField
      spellCheck={false}
      autoCapitalize="none"
      {...props}
      type={visible ? 'text' : 'password'}
      suffix={
        <IconButton
          label={t(visible ? 'ui.hidePassword' : 'ui.showPassword')}
          icon={visible ? EyeOff : Eye}
          size="tiny"
          onClick={() => setVisible(!visible)}
        />
      }
    />
  );
}

import { ChevronDown, ChevronUp, Plus, X } from 'lucide-react';
import { optionColor, optionColors } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import type { Option } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { ColorDot } from '@/ui/OptionChip.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './fields.module.css';
import type { SettingsProps } from './types.ts';

/** The options of a field: names, colours, weights, order. */
export function OptionsSettings({ options, onOptionsChange }: SettingsProps) {
  const change = (at: number, part: Partial<Option>) =>
    onOptionsChange(options.map((option, index) => (index === at ? { ...option, ...part } : option)));
  const move = (at: number, by: number) => {
    const next = [...options];
    const [taken] = next.splice(at, 1);
    if (taken) next.splice(at + by, 0, taken);
    onOptionsChange(next);
  };
  const add = () => {
    const used = new Set(options.map((option) => option.color));
    const color = optionColors.find((each) => each !== 'gray' && !used.has(each)) ?? 'gray';
    onOptionsChange([...options, { id: 0, name: '', color }]);
  };
  return (
    <div className={css.form}>
      <ul className={css.form}>
        {options.map((option, at) => (
          <li key={option.id === 0 ? `new${at}` : option.id} className={css.optionRow}>
            <ColorMenu option={option} onChange={(color) => change(at, { color })} />
            <TextField
              value={option.name}
              aria-label={t('field.settings.optionName', { n: at + 1 })}
              onValueChange={(name) => change(at, { name })}
            />
            <NumberField
              className={css.weight}
              value={option.weight ?? null}
              step={1}
              placeholder={t('field.settings.weight')}
              aria-label={t('field.settings.weightOf', { name: option.name })}
              onValueChange={(weight) =>
                change(at, { weight: weight === null ? undefined : Math.round(weight) })
              }
            />
            <IconButton
              label={t('field.settings.up', { name: option.name })}
              icon={ChevronUp}
              size="tiny"
              disabled={at === 0}
              onClick={() => move(at, -1)}
            />
            <IconButton
              label={t('field.settings.down', { name: option.name })}
              icon={ChevronDown}
              size="tiny"
              disabled={at === options.length - 1}
              onClick={() => move(at, 1)}
            />
            <IconButton
              label={t('ui.removeItem', { name: option.name })}
              icon={X}
              size="tiny"
              onClick={() => onOptionsChange(options.filter((_, index) => index !== at))}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button icon={Plus} tone="ghost" onClick={add}>
          {t('field.settings.addOption')}
        </Button>
      </div>
    </div>
  );
}

function ColorMenu({ option, onChange }: { option: Option; onChange: (color: string) => void }) {
  const color = optionColor(option.color);
  return (
    <Menu
      trigger={
        <Button
          tone="ghost"
          aria-label={t('field.settings.colorOf', { name: option.name, color: t(`color.${color}`) })}
        >
          <span className={css.swatch} data-option-color={color} />
        </Button>
      }
      items={optionColors.map((each) => ({
        id: each,
        label: t(`color.${each}`),
        leading: <ColorDot color={each} />,
        checked: each === color,
        onSelect: () => onChange(each),
      }))}
    />
  );
}

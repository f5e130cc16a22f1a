import { Plus, X } from 'lucide-react';
import { FilterValue } from '@/fields/FilterValue.tsx';
import { type FilterOp, filterOp, initialOperand, operandShape } from '@/fields/filter-ops.ts';
import { formatIconNames, formatIcons } from '@/fields/format-icons.ts';
import { optionColors } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldFormat, FieldInfo } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { ColorDot } from '@/ui/OptionChip.tsx';
import { Select } from '@/ui/Select.tsx';
import css from './project.module.css';

const most = 20;

/** Props of FieldFormats. */
export interface FieldFormatsProps {
  /** The field as the dialog has it. */
  field: FieldInfo;
  formats: readonly FieldFormat[];
  locked: boolean;
  onChange: (formats: FieldFormat[]) => void;
}

/** Marks that values of a field carry in every view: the first that holds decides. */
export function FieldFormats({ field, formats, locked, onChange }: FieldFormatsProps) {
  const ops = (useFieldTypes().get(field.type)?.operators ?? []).flatMap((name) => filterOp(name) ?? []);
  const change = (at: number, part: Partial<FieldFormat> | undefined) =>
    onChange(
      formats.flatMap((each, index) => {
        if (index !== at) return each;
        return part ? { ...each, ...part } : [];
      }),
    );
  const add = () => {
    const op = ops[0];
    if (!op) return;
    onChange([...formats, { op, value: initialOperand(operandShape(op, field.type)), color: 'amber' }]);
  };
  return (
    <div className={css.form}>
      <p className={css.quiet}>{t('project.formats.text')}</p>
      {formats.map((format, at) => (
        <FormatLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a format is its place, since the first that holds decides
          key={at}
          field={field}
          format={format}
          ops={ops}
          onChange={(part) => change(at, part)}
        />
      ))}
      {!locked && formats.length < most && (
        <div>
          <Button icon={Plus} tone="ghost" onClick={add} disabled={ops.length === 0}>
            {t('project.formats.add')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface FormatLineProps {
  field: FieldInfo;
  format: FieldFormat;
  ops: readonly FilterOp[];
  /** undefined removes it. */
  onChange: (part: Partial<FieldFormat> | undefined) => void;
}

function FormatLine({ field, format, ops, onChange }: FormatLineProps) {
  const op = filterOp(format.op) ?? ops[0];
  const color = optionColors.find((each) => each === format.color);
  const icon = formatIconNames.find((each) => each === format.icon);
  if (!op) return null;
  return (
    <div className={css.format}>
      <Select
        aria-label={t('filter.operator')}
        options={ops.map((each) => ({ value: each, label: t(`filter.op.${each}`) }))}
        value={op}
        onValueChange={(next) =>
          onChange({ op: next, value: initialOperand(operandShape(next, field.type)) })
        }
      />
      <FilterValue
        field={field}
        op={op}
        value={format.value}
        onValueChange={(value) => onChange({ value })}
      />
      <Menu
        trigger={
          <Button tone="ghost" aria-label={t('project.formats.color')}>
            {color ? <ColorDot color={color} /> : '–'}
          </Button>
        }
        items={[
          {
            id: 'none',
            label: t('project.formats.noColor'),
            checked: !color,
            onSelect: () => onChange({ color: undefined, whole: undefined }),
          },
          ...optionColors.map((each) => ({
            id: each,
            label: t(`color.${each}`),
            leading: <ColorDot color={each} />,
            checked: each === color,
            onSelect: () => onChange({ color: each }),
          })),
        ]}
      />
      <Menu
        trigger={
          <Button tone="ghost" aria-label={t('project.formats.icon')}>
            {icon ? <Icon of={formatIcons[icon]} size={14} /> : '–'}
          </Button>
        }
        items={[
          {
            id: 'none',
            label: t('project.formats.noIcon'),
            checked: !icon,
            onSelect: () => onChange({ icon: undefined }),
          },
          ...formatIconNames.map((each) => ({
            id: each,
            label: t(`field.icon.${each}`),
            icon: formatIcons[each],
            checked: each === icon,
            onSelect: () => onChange({ icon: each }),
          })),
        ]}
      />
      <Checkbox
        checked={format.whole ?? false}
        disabled={!color}
        onCheckedChange={(whole) => onChange({ whole: whole || undefined })}
        label={t('project.formats.whole')}
      />
      <IconButton
        label={t('project.formats.remove')}
        icon={X}
        size="tiny"
        onClick={() => onChange(undefined)}
      />
    </div>
  );
}

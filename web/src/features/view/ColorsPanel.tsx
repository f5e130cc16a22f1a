import { ChevronUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { optionColor, optionColors } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { ColorRule } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { ColorDot } from '@/ui/OptionChip.tsx';
import { Select } from '@/ui/Select.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { movedUp } from './order.ts';
import css from './view.module.css';

const most = 50;

/** Props of ColorsPanel. */
export interface ColorsPanelProps {
  rules: readonly ColorRule[];
  onRulesChange: (rules: ColorRule[]) => void;
}

interface KeyedRule {
  key: number;
  rule: ColorRule;
}

const complete = (rule: ColorRule) => Object.keys(rule.when).length > 0;

/** Rules that colour ideas, or one field of them; the first that holds decides. */
export function ColorsPanel({ rules, onRulesChange }: ColorsPanelProps) {
  // Rules without a condition yet are only here: the view gets the complete ones.
  const [edited, setEdited] = useState<KeyedRule[]>(() => rules.map((rule, key) => ({ key, rule })));
  const change = (next: KeyedRule[]) => {
    setEdited(next);
    onRulesChange(next.map(({ rule }) => rule).filter(complete));
  };
  const add = () => {
    const used = new Set(edited.map(({ rule }) => rule.color));
    const color = optionColors.find((each) => each !== 'gray' && !used.has(each)) ?? 'amber';
    const key = 1 + Math.max(-1, ...edited.map((each) => each.key));
    change([...edited, { key, rule: { color, when: {} } }]);
  };
  return (
    <div className={css.panel}>
      {edited.length === 0 && <p className={css.hint}>{t('view.colors.none')}</p>}
      {edited.map(({ key, rule }, at) => (
        <Rule
          key={key}
          rule={rule}
          onUp={at > 0 ? () => change(movedUp(edited, at)) : undefined}
          onChange={(next) =>
            change(
              next === undefined
                ? edited.filter((each) => each.key !== key)
                : edited.map((each) => (each.key === key ? { key, rule: next } : each)),
            )
          }
        />
      ))}
      {edited.length < most && (
        <Button className={css.start} tone="ghost" icon={Plus} onClick={add}>
          {t('view.colors.add')}
        </Button>
      )}
    </div>
  );
}

interface RuleProps {
  rule: ColorRule;
  /** undefined removes it. */
  onChange: (rule: ColorRule | undefined) => void;
  /** Lets it decide before the one above; absent for the first. */
  onUp?: () => void;
}

function Rule({ rule, onChange, onUp }: RuleProps) {
  const { allFields } = useProject();
  const color = optionColor(rule.color);
  const wholeRow = '';
  return (
    <div className={css.rule}>
      <div className={css.line}>
        <Menu
          trigger={
            <Button tone="ghost" aria-label={t('view.colors.color', { color: t(`color.${color}`) })}>
              <span className={css.swatch} data-option-color={color} />
            </Button>
          }
          items={optionColors.map((each) => ({
            id: each,
            label: t(`color.${each}`),
            leading: <ColorDot color={each} />,
            checked: each === color,
            onSelect: () => onChange({ ...rule, color: each }),
          }))}
        />
        <Select
          className={css.grow}
          aria-label={t('view.colors.what')}
          options={[
            { value: wholeRow, label: t('view.colors.row') },
            ...allFields.map((field) => ({ value: field.ref, label: field.name })),
          ]}
          value={rule.field ?? wholeRow}
          onValueChange={(field) => onChange({ ...rule, field: field === wholeRow ? undefined : field })}
        />
        {onUp && <IconButton label={t('view.colors.up')} icon={ChevronUp} size="tiny" onClick={onUp} />}
        <IconButton
          label={t('view.colors.remove')}
          icon={X}
          size="tiny"
          onClick={() => onChange(undefined)}
        />
      </div>
      <FilterPanel filter={rule.when} onFilterChange={(when) => onChange({ ...rule, when })} />
    </div>
  );
}

import { ChevronUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { optionColor, optionColors } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { ColorBy, ColorRule } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { ColorDot } from '@/ui/OptionChip.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { FilterPanel } from '@/views/shared/query/FilterPanel.tsx';
import { movedUp } from '@/views/shared/query/order.ts';
import box from '@/views/shared/query/query.module.css';
import css from './view.module.css';

const most = 50;

/** Props of ColorsPanel. */
export interface ColorsPanelProps {
  rules: readonly ColorRule[];
  onRulesChange: (rules: ColorRule[]) => void;
  by: ColorBy;
  onByChange: (by: ColorBy) => void;
}

interface KeyedRule {
  key: number;
  rule: ColorRule;
}

const complete = (rule: ColorRule) => Object.keys(rule.when).length > 0;

/** Rules that colour ideas, or one field of them, the first that holds; then the field whose values colour the others. */
export function ColorsPanel({ rules, onRulesChange, by, onByChange }: ColorsPanelProps) {
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
    <div className={box.panel}>
      <ByField by={by} onByChange={onByChange} ruled={edited.length > 0} />
      <h2 className={css.subhead}>{t('view.colors.rules')}</h2>
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
        <Button className={box.start} tone="ghost" icon={Plus} onClick={add}>
          {t('view.colors.add')}
        </Button>
      )}
    </div>
  );
}

interface ByFieldProps extends Pick<ColorsPanelProps, 'by' | 'onByChange'> {
  /** There are rules, which colours are drawn for as well. */
  ruled: boolean;
}

/** Chooses the field that colours ideas, and how colours are drawn. */
function ByField({ by, onByChange, ruled }: ByFieldProps) {
  const { allFields } = useProject();
  const facts = useFieldTypes();
  const fits = allFields.filter(
    (each) => each.ref !== 'title' && each.ref !== 'key' && facts.get(each.type)?.groupable,
  );
  const none = '';
  return (
    <div className={css.byField}>
      <Combobox
        className={box.grow}
        label={t('view.colors.by')}
        options={[
          { value: none, label: t('view.colors.byNone') },
          ...fits.map((each) => ({ value: each.ref, label: each.name, icon: typeOf(each).icon })),
        ]}
        value={by.field ?? none}
        onValueChange={(field) => onByChange({ ...by, field: field || undefined })}
      />
      <Segments
        label={t('view.colors.style')}
        options={[
          { value: 'background', label: t('view.colors.background') },
          { value: 'highlight', label: t('view.colors.highlight') },
        ]}
        value={by.style === 'highlight' ? 'highlight' : 'background'}
        onValueChange={(style) => onByChange({ ...by, style: style === 'highlight' ? style : undefined })}
      />
      {by.field && ruled && <p className={css.hint}>{t('view.colors.rulesFirst')}</p>}
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
  const project = useProject();
  const { allFields } = project;
  const color = optionColor(rule.color);
  const wholeRow = '';
  return (
    <div className={css.rule}>
      <div className={box.line}>
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
          className={box.grow}
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
      <FilterPanel
        fields={project}
        filter={rule.when}
        onFilterChange={(when) => onChange({ ...rule, when })}
      />
    </div>
  );
}

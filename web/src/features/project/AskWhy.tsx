import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { MultiCombobox } from '@/ui/Combobox.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import { toast } from '@/ui/Toast.tsx';
import order from '@/views/shared/order/order.module.css';
import { updateProject } from './calls.ts';
import css from './project.module.css';
import { useSave } from './use-save.ts';

type Rule = components['schemas']['ReasonRule'];

const computed = new Set(['formula', 'votes', 'evidence']);
const rank = 'rank';
const furthest = 3650;

/** About which changes people are asked why, a line for each field. */
export function AskWhy() {
  const { project, fields } = useProject();
  const { busy, failure, save } = useSave();
  const saved = project.reasons ?? [];
  const [rules, setRules] = useState<readonly Rule[]>(saved);
  const locked = !hasRole(project.role, 'admin');
  const choices = [
    ...fields
      .filter((each) => !computed.has(each.type))
      .map(({ ref, name }) => ({ value: ref, label: name })),
    { value: rank, label: t('project.why.rank') },
  ].filter(({ value }) => !rules.some((rule) => rule.field === value));
  const put = (at: number, next: Rule) => setRules(rules.map((rule, n) => (n === at ? next : rule)));
  const store = async () => {
    const reasons = rules.map((rule) => ({ ...rule, options: rule.options ?? undefined }));
    if (await save(() => updateProject(project.key, { reasons }))) toast({ title: t('project.saved') });
  };
  const add = choices[0];
  return (
    <div className={css.section}>
      <div className={css.sectionHead}>
        <p className={css.text}>{t('project.why.text')}</p>
        {!locked && add && (
          <Button icon={Plus} onClick={() => setRules([...rules, { field: add.value }])}>
            {t('project.why.add')}
          </Button>
        )}
      </div>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      {rules.length === 0 && (
        <EmptyState title={t('project.why.none')}>{t('project.why.noneText')}</EmptyState>
      )}
      {rules.length > 0 && (
        <ul className={css.list}>
          {rules.map((rule, at) => (
            <Line
              key={rule.field}
              rule={rule}
              field={fields.find((each) => each.ref === rule.field)}
              choices={choices}
              locked={locked}
              onChange={(next) => put(at, next)}
              onRemove={() => setRules(rules.filter((_, n) => n !== at))}
            />
          ))}
        </ul>
      )}
      {!locked && (
        <footer className={css.foot}>
          <Button
            tone="primary"
            busy={busy}
            disabled={JSON.stringify(rules) === JSON.stringify(saved)}
            onClick={() => void store()}
          >
            {t('ui.save')}
          </Button>
        </footer>
      )}
    </div>
  );
}

interface LineProps {
  rule: Rule;
  /** Absent for the order by hand, and for a field that was deleted. */
  field: FieldInfo | undefined;
  choices: readonly { value: string; label: string }[];
  locked: boolean;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

/** One rule: which field, and from when on it is asked about. */
function Line({ rule, field, choices, locked, onChange, onRemove }: LineProps) {
  const name = field?.name ?? t(rule.field === rank ? 'project.why.rank' : 'project.why.gone');
  return (
    <li className={order.line}>
      <div className={css.whyRule}>
        <Select
          aria-label={t('project.why.field')}
          options={[{ value: rule.field, label: name }, ...choices]}
          value={rule.field}
          disabled={locked}
          onValueChange={(ref) => ref !== rule.field && onChange({ field: ref })}
        />
        {field?.type === 'select' && (
          <MultiCombobox
            label={t('project.why.options', { field: name })}
            placeholder={t('project.why.anyOption')}
            options={field.options.map((each) => ({ value: String(each.id), label: each.name }))}
            values={(rule.options ?? []).map(String)}
            disabled={locked}
            onValuesChange={(ids) => onChange({ field: rule.field, options: ids.map(Number) })}
          />
        )}
        {(field?.type === 'date' || field?.type === 'interval') && (
          <span className={css.whyDays}>
            <span>{t('project.why.moreThan')}</span>
            <NumberField
              aria-label={t('project.why.days')}
              value={rule.days ?? 0}
              min={0}
              max={furthest}
              disabled={locked}
              onValueChange={(days) => onChange({ field: rule.field, ...(days ? { days } : {}) })}
            />
            <span>{t('project.why.days')}</span>
          </span>
        )}
        {!field?.type.match(/^(select|date|interval)$/) && (
          <span className={css.quiet}>{t('project.why.anyChange')}</span>
        )}
      </div>
      {!locked && (
        <IconButton label={t('project.why.remove', { field: name })} icon={Trash2} onClick={onRemove} />
      )}
    </li>
  );
}

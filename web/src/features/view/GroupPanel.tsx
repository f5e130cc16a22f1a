import { Plus, X } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { GroupBy, ViewGroup } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { Select } from '@/ui/Select.tsx';
import box from '@/views/shared/query/query.module.css';
import { GroupValues } from './GroupValues.tsx';
import css from './view.module.css';

const units = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;
const dated = new Set(['date', 'interval', 'time']);
const unfit = new Set(['title', 'key']);

/** Props of GroupPanel. */
export interface GroupPanelProps {
  groups: readonly GroupBy[];
  /** The groups of the present result. */
  found: readonly ViewGroup[];
  onGroupsChange: (groups: GroupBy[]) => void;
}

/** Chooses one or two fields to group by. */
export function GroupPanel({ groups, found, onGroupsChange }: GroupPanelProps) {
  const { allFields, field } = useProject();
  const facts = useFieldTypes();
  const fits = allFields.filter((each) => !unfit.has(each.ref) && facts.get(each.type)?.groupable);
  const free = fits.filter((each) => !groups.some((group) => group.field === each.ref));
  const make = (ref: string): GroupBy => ({
    field: ref,
    ...(dated.has(field(ref)?.type ?? '') ? { unit: 'month' } : {}),
  });
  const set = (at: number, part: Partial<GroupBy>) =>
    onGroupsChange(groups.map((group, index) => (index === at ? { ...group, ...part } : group)));
  return (
    <div className={`${box.panel} ${box.narrow}`}>
      {groups.length === 0 && <p className={css.hint}>{t('view.group.none')}</p>}
      {groups.map((group, at) => {
        const info = field(group.field);
        return (
          <div key={group.field} className={css.rule}>
            <div className={box.line}>
              <Combobox
                className={box.grow}
                label={t('view.group.field')}
                options={fits
                  .filter((each) => each.ref === group.field || free.includes(each))
                  .map((each) => ({ value: each.ref, label: each.name, icon: typeOf(each).icon }))}
                value={group.field}
                onValueChange={(ref) =>
                  ref !== null && onGroupsChange(groups.map((old, index) => (index === at ? make(ref) : old)))
                }
              />
              <IconButton
                label={t('ui.removeItem', { name: info?.name ?? group.field })}
                icon={X}
                size="tiny"
                onClick={() => onGroupsChange(groups.filter((_, index) => index !== at))}
              />
            </div>
            {info && dated.has(info.type) && (
              <Select
                aria-label={t('view.group.unit')}
                options={units.map((unit) => ({ value: unit, label: t(`view.group.unit.${unit}`) }))}
                value={units.find((unit) => unit === group.unit) ?? 'month'}
                onValueChange={(unit) => set(at, { unit })}
              />
            )}
            <Checkbox
              label={t('view.group.desc')}
              checked={group.desc ?? false}
              onCheckedChange={(desc) => set(at, { desc: desc || undefined })}
            />
            <Checkbox
              label={t('view.group.empty')}
              checked={group.showEmpty ?? false}
              onCheckedChange={(showEmpty) => set(at, { showEmpty: showEmpty || undefined })}
            />
            {info && (
              <GroupValues
                by={group}
                field={info}
                found={at === 0 ? found : found.flatMap((outer) => outer.groups ?? [])}
                onChange={(part) => set(at, part)}
              />
            )}
          </div>
        );
      })}
      {groups.length < 2 && (
        <Button
          className={box.start}
          tone="ghost"
          icon={Plus}
          disabled={free.length === 0}
          onClick={() => {
            const own = free.filter((each) => each.id !== undefined);
            const next = own.find((each) => each.type === 'select') ?? own[0] ?? free[0];
            if (next) onGroupsChange([...groups, make(next.ref)]);
          }}
        >
          {t(groups.length === 0 ? 'view.group.add' : 'view.group.addSecond')}
        </Button>
      )}
    </div>
  );
}

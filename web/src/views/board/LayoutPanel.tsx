import '@/lib/messages/later/board.ts';
import { Plus, X } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, GroupBy, Query, Rollup } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { Switch } from '@/ui/Switch.tsx';
import { rollupName, rollupOps } from '../shared/rollups.ts';
import type { LayoutProps } from '../types.ts';
import { groupingBy, isDated, useColumnFields } from './column-fields.ts';
import css from './LayoutPanel.module.css';
import { boardOf, cardKinds, columnWidths, withBoard, withHidden } from './layout.ts';

const units = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const;

/** Shapes a board: what its columns and swimlanes are, how cards look, what headings say. */
export default function LayoutPanel({ definition, onChange }: LayoutProps) {
  const board = boardOf(definition);
  const { query } = definition;
  const set = (change: Parameters<typeof withBoard>[1]) => onChange(withBoard(definition, change));
  const setQuery = (change: Partial<Query>) => onChange({ query: { ...query, ...change } });
  const groups = query.group ?? [];
  const [across, down] = groups;
  return (
    <div className={css.panel}>
      <GroupChoice
        label={t('board.columns')}
        group={across}
        other={down}
        onGroupChange={(group) => group && setQuery({ group: down ? [group, down] : [group] })}
      />
      {across && (
        <>
          <GroupChoice
            label={t('board.lanes')}
            none={t('board.noLanes')}
            group={down}
            other={across}
            onGroupChange={(group) => setQuery({ group: group ? [across, group] : [across] })}
          />
          <Switch
            label={t('board.showEmpty')}
            checked={across.showEmpty ?? false}
            onCheckedChange={(on) =>
              setQuery({ group: [{ ...across, showEmpty: on || undefined }, ...groups.slice(1)] })
            }
          />
          <Switch
            label={t('board.showNoValue')}
            checked={!across.hidden?.includes(null)}
            onCheckedChange={(on) => onChange({ query: withHidden(query, null, !on) })}
          />
        </>
      )}
      <Row label={t('board.card')}>
        <Segments
          label={t('board.card')}
          options={cardKinds.map((kind) => ({ value: kind, label: t(`board.card.${kind}`) }))}
          value={board.card ?? 'summary'}
          onValueChange={(card) => set({ card })}
        />
      </Row>
      <Row label={t('board.width')}>
        <Segments
          label={t('board.width')}
          options={columnWidths.map((width) => ({ value: width, label: t(`board.width.${width}`) }))}
          value={board.width ?? 'default'}
          onValueChange={(width) => set({ width })}
        />
      </Row>
      <Switch
        label={t('board.images')}
        hint={t('board.imagesText')}
        checked={board.images ?? false}
        disabled={board.card === 'compact'}
        onCheckedChange={(images) => set({ images: images || undefined })}
      />
      <CoverChoice cover={board.cover} onCoverChange={(cover) => set({ cover })} />
      <Switch
        label={t('board.showCounts')}
        checked={!board.hideCounts}
        onCheckedChange={(on) => set({ hideCounts: !on || undefined })}
      />
      <Totals rollups={query.rollups ?? []} onRollupsChange={(rollups) => setQuery({ rollups })} />
    </div>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={css.row}>
      <span className={css.label}>{label}</span>
      {children}
    </div>
  );
}

const choice = (field: FieldInfo) => ({ value: field.ref, label: field.name, icon: typeOf(field).icon });

interface GroupChoiceProps {
  label: string;
  /** What stands for no grouping; absent where there must be one. */
  none?: string;
  group: GroupBy | undefined;
  other: GroupBy | undefined;
  onGroupChange: (group: GroupBy | undefined) => void;
}

function GroupChoice({ label, none, group, other, onGroupChange }: GroupChoiceProps) {
  const { field } = useProject();
  const fields = useColumnFields().filter((each) => each.ref !== other?.field);
  const options = [...(none === undefined ? [] : [{ value: '', label: none }]), ...fields.map(choice)];
  return (
    <Row label={label}>
      <span className={css.pair}>
        <Combobox
          className={css.grow}
          label={label}
          options={options}
          value={group?.field ?? (none === undefined ? null : '')}
          onValueChange={(ref) => {
            const next = field(ref ?? '');
            onGroupChange(next && { ...groupingBy(next), showEmpty: group?.showEmpty ?? none === undefined });
          }}
        />
        {group && isDated(field(group.field)) && (
          <Select
            aria-label={t('view.group.unit')}
            options={units.map((unit) => ({ value: unit, label: t(`view.group.unit.${unit}`) }))}
            value={units.find((unit) => unit === group.unit) ?? 'month'}
            onValueChange={(unit) => onGroupChange({ ...group, unit })}
          />
        )}
      </span>
    </Row>
  );
}

interface CoverChoiceProps {
  cover: string | undefined;
  onCoverChange: (cover: string | undefined) => void;
}

function CoverChoice({ cover, onCoverChange }: CoverChoiceProps) {
  const { fields } = useProject();
  const facts = useFieldTypes();
  const fits = fields.filter((each) => facts.get(each.type)?.options);
  return (
    <>
      <Row label={t('board.cover')}>
        <Combobox
          className={css.grow}
          label={t('board.cover')}
          options={[{ value: '', label: t('board.noCover') }, ...fits.map(choice)]}
          value={cover ?? ''}
          onValueChange={(ref) => onCoverChange(ref || undefined)}
        />
      </Row>
      <p className={css.hint}>{t('board.coverText')}</p>
    </>
  );
}

interface TotalsProps {
  rollups: readonly Rollup[];
  onRollupsChange: (rollups: Rollup[]) => void;
}

/** The roll-ups in the columns' headings. */
function Totals({ rollups, onRollupsChange }: TotalsProps) {
  const { allFields, field } = useProject();
  const facts = useFieldTypes();
  const numeric = (each: FieldInfo | undefined) =>
    each !== undefined && (facts.get(each.type)?.numeric ?? false);
  const free = allFields.filter(
    (each) => numeric(each) && !rollups.some((rollup) => rollup.field === each.ref),
  );
  const set = (at: number, change: Partial<Rollup>) =>
    onRollupsChange(rollups.map((rollup, index) => (index === at ? { ...rollup, ...change } : rollup)));
  return (
    <div className={css.totals}>
      <span className={css.label}>{t('board.totals')}</span>
      {rollups.map((rollup, at) => {
        const own = field(rollup.field);
        return (
          <span key={rollup.field} className={css.total}>
            <Combobox
              className={css.grow}
              label={t('board.totalOf')}
              options={[...(own ? [own] : []), ...free].map(choice)}
              value={rollup.field}
              onValueChange={(ref) => ref !== null && set(at, { field: ref })}
            />
            <Select
              aria-label={t('list.column.summary')}
              options={(own ? rollupOps(own, numeric(own)) : [rollup.op]).map((op) => ({
                value: op,
                label: t(`list.rollup.${rollupName(op)}`),
              }))}
              value={rollup.op}
              onValueChange={(op) => set(at, { op })}
            />
            <IconButton
              label={t('ui.removeItem', { name: own?.name ?? rollup.field })}
              icon={X}
              size="tiny"
              onClick={() => onRollupsChange(rollups.filter((_, index) => index !== at))}
            />
          </span>
        );
      })}
      <Button
        className={css.start}
        tone="ghost"
        icon={Plus}
        disabled={free.length === 0}
        onClick={() => {
          const [next] = free;
          if (next) onRollupsChange([...rollups, { field: next.ref, op: 'sum' }]);
        }}
      >
        {t('board.addTotal')}
      </Button>
    </div>
  );
}

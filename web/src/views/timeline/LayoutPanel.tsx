import '@/lib/messages/later/timeline.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Field } from '@/ui/Field.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { Switch } from '@/ui/Switch.tsx';
import type { LayoutProps } from '../types.ts';
import { CapacityTable } from './CapacityTable.tsx';
import css from './LayoutPanel.module.css';
import { datesOf, isDated, layoutOf, layoutWith, type TimelineLayout } from './layout.ts';
import parts from './parts.module.css';
import { zooms } from './scale.ts';

const none = '';
const numeric = new Set(['number', 'rating', 'slider', 'formula']);
const units = ['month', 'quarter', 'half', 'year'] as const;

/** What a timeline is made of. */
export function LayoutPanel({ definition, onChange }: LayoutProps) {
  const { field, fields } = useProject();
  const layout = layoutOf(definition);
  const dates = datesOf(layout, field, fields);
  const set = (change: Partial<TimelineLayout>) => onChange(layoutWith(definition, change));
  const dated = fields.filter(isDated).map(({ ref, name }) => ({ value: ref, label: name }));
  const same = dates?.start.type === 'interval' ? t('timeline.layout.endSame') : t('timeline.layout.endNone');
  return (
    <div className={parts.panel}>
      <Field label={t('timeline.layout.start')}>
        <Select
          options={dated}
          value={dates?.start.ref ?? null}
          placeholder={t('timeline.layout.noDates')}
          onValueChange={(start) => set({ start, end: layout.end === start ? undefined : layout.end })}
        />
      </Field>
      <Field label={t('timeline.layout.end')}>
        <Select
          options={[{ value: none, label: same }, ...dated.filter(({ value }) => value !== dates?.start.ref)]}
          value={dates?.end?.ref ?? none}
          onValueChange={(end) => set({ start: dates?.start.ref, end: end === none ? undefined : end })}
        />
      </Field>
      <Segments
        label={t('timeline.layout.rows')}
        options={[
          { value: 'packed', label: t('timeline.layout.packed') },
          { value: 'each', label: t('timeline.layout.each') },
        ]}
        value={layout.rows ?? 'packed'}
        onValueChange={(rows) => set({ rows })}
      />
      <Field label={t('timeline.layout.zoom')}>
        <Select
          options={zooms.map((zoom) => ({ value: zoom, label: t(`timeline.zoom.${zoom}`) }))}
          value={layout.zoom ?? 'quarters'}
          onValueChange={(zoom) => set({ zoom })}
        />
      </Field>
      <Switch
        checked={!layout.hideLinks}
        onCheckedChange={(on) => set({ hideLinks: !on })}
        label={t('timeline.layout.links')}
      />
      <LoadChoice layout={layout} set={set} />
    </div>
  );
}

function LoadChoice({
  layout,
  set,
}: {
  layout: TimelineLayout;
  set: (change: Partial<TimelineLayout>) => void;
}) {
  const { fields } = useProject();
  const { load } = layout;
  const numbers = fields
    .filter(({ type }) => numeric.has(type))
    .map(({ ref, name }) => ({ value: ref, label: name }));
  return (
    <>
      <Field label={t('timeline.layout.load')} hint={t('timeline.layout.loadHow')}>
        <Select
          options={[{ value: none, label: t('timeline.layout.noLoad') }, ...numbers]}
          value={load?.field ?? none}
          onValueChange={(ref) => set({ load: ref === none ? undefined : { ...load, field: ref } })}
        />
      </Field>
      {load && (
        <div className={css.pair}>
          <Field label={t('timeline.layout.per')}>
            <Select
              options={units.map((unit) => ({ value: unit, label: t(`timeline.precision.${unit}`) }))}
              value={load.unit ?? 'quarter'}
              onValueChange={(unit) => set({ load: { ...load, unit, periods: [] } })}
            />
          </Field>
          <Field label={t('timeline.layout.capacity')} optional>
            <NumberField
              value={load.capacity ?? null}
              min={0}
              onValueChange={(capacity) => set({ load: { ...load, capacity: capacity ?? undefined } })}
            />
          </Field>
        </div>
      )}
      {load && <CapacityTable load={load} onChange={(next) => set({ load: next })} />}
    </>
  );
}

import { addDays, type Day, today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { DatePicker } from '@/ui/DatePicker.tsx';
import { Segments } from '@/ui/Segments.tsx';
import css from './since.module.css';

const ranges = ['visit', 'week', 'month', 'days'] as const;

/** Which stretch of time is looked at. */
export interface Stretch {
  range: (typeof ranges)[number];
  /** Of chosen days: the first whose end counts, and the last; null for none yet, and for now. */
  from: Day | null;
  to: Day | null;
}

/** The stretch that a panel begins with. */
export const sinceVisit: Stretch = { range: 'visit', from: null, to: null };

/** The earlier end of a stretch as the server takes it; undefined while it is not known. */
export function startOf({ range, from }: Stretch, visit: string | null | undefined): string | undefined {
  if (range === 'visit') return visit ?? undefined;
  if (range === 'days') return from ?? undefined;
  return addDays(today(), range === 'week' ? -7 : -30);
}

/** Chooses the stretch of time: since the last visit, some days, or between two days. */
export function RangeChoice({ value, onChange }: { value: Stretch; onChange: (next: Stretch) => void }) {
  const { range, from, to } = value;
  return (
    <>
      <Segments
        label={t('since.range')}
        value={range}
        onValueChange={(next) => onChange({ ...value, range: next })}
        options={ranges.map((each) => ({ value: each, label: t(`since.${each}`) }))}
      />
      {range === 'days' && (
        <div className={css.days}>
          <DatePicker
            label={t('since.from')}
            placeholder={t('since.from')}
            value={from}
            onValueChange={(day) => onChange({ ...value, from: day })}
          />
          <span aria-hidden="true">–</span>
          <DatePicker
            label={t('since.to')}
            placeholder={t('since.now')}
            value={to}
            onValueChange={(day) => onChange({ ...value, to: day })}
          />
        </div>
      )}
    </>
  );
}

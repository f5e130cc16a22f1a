import { formatUnit, today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { NumberField } from '@/ui/NumberField.tsx';
import css from './CapacityTable.module.css';
import type { TimelineLoad } from './layout.ts';
import { capacitiesOf, withCapacity } from './load.ts';
import { dayNumber } from './time.ts';

/** Props of CapacityTable. */
export interface CapacityTableProps {
  load: TimelineLoad;
  onChange: (load: TimelineLoad) => void;
}

/** What single periods have, where that is not what all have. */
export function CapacityTable({ load, onChange }: CapacityTableProps) {
  const unit = load.unit ?? 'quarter';
  return (
    <div className={css.capacities}>
      <span className={css.name}>{t('timeline.layout.capacities')}</span>
      <div className={css.list}>
        {capacitiesOf(load, dayNumber(today())).map(({ from, capacity }) => {
          const name = formatUnit(from, unit);
          return (
            <div key={from} className={css.capacity}>
              <span>{name}</span>
              <NumberField
                aria-label={t('timeline.layout.capacityOf', { period: name })}
                value={capacity ?? null}
                min={0}
                placeholder={load.capacity === undefined ? '–' : String(load.capacity)}
                onValueChange={(next) => onChange(withCapacity(load, from, next ?? undefined))}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

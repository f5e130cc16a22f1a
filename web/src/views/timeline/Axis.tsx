import { Flag } from 'lucide-react';
import { today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './Axis.module.css';
import { partsOf } from './scale.ts';
import { dayNumber, ticks } from './time.ts';
import type { Timeline } from './use-timeline.ts';

/** The axis above the lanes: two rows of units. */
export function Axis({ timeline }: { timeline: Timeline }) {
  const { view } = timeline;
  const { major, minor } = partsOf(view.perDay);
  const { x0, x1 } = useStore(view.sight);
  const [from, to] = [view.day(x0), view.day(x1)];
  const now = dayNumber(today());
  const row = (unit: typeof major, className: string | undefined) => (
    <div className={className}>
      {ticks(from, to, unit, view.perDay).map((tick) => (
        <span
          key={tick.from}
          className={css.tick}
          style={{ insetInlineStart: view.x(tick.from), inlineSize: (tick.to - tick.from) * view.perDay }}
          data-now={(now >= tick.from && now < tick.to) || undefined}
        >
          <span className={css.tickLabel}>{tick.label}</span>
        </span>
      ))}
    </div>
  );
  return (
    <div className={css.axis} style={{ inlineSize: view.width }}>
      <div aria-hidden="true">
        {row(major, css.major)}
        {minor !== major && row(minor, css.minor)}
      </div>
    </div>
  );
}

/** The markers' flags below the axis. */
export function Flags({ timeline }: { timeline: Timeline }) {
  const { view, layout } = timeline;
  const markers = layout.markers ?? [];
  if (markers.length === 0) return null;
  return (
    <div className={css.flags} style={{ inlineSize: view.width }}>
      {markers.map((marker, at) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: markers have no other name, and several may be alike
          key={at}
          type="button"
          className={css.flag}
          data-option-color={marker.color ?? 'purple'}
          style={{ insetInlineStart: view.x(dayNumber(marker.date)) }}
          aria-label={t('timeline.marker.of', { name: marker.name, day: marker.date })}
          title={marker.name}
          onClick={(event) => timeline.editMarker(at, event.currentTarget)}
        >
          <Icon of={Flag} size={12} />
          <span className={css.flagName}>{marker.name}</span>
        </button>
      ))}
    </div>
  );
}

/** Lines behind the bars: the units, the markers and today. */
export function GridLines({ timeline }: { timeline: Timeline }) {
  const { view, layout } = timeline;
  const { minor } = partsOf(view.perDay);
  const { x0, x1 } = useStore(view.sight);
  const [from, to] = [view.day(x0), view.day(x1)];
  return (
    <div className={css.gridLines} aria-hidden="true">
      {ticks(from, to, minor, view.perDay).map((tick) => (
        <span
          key={tick.from}
          className={css.gridLine}
          style={{ insetInlineStart: view.x(tick.from), inlineSize: (tick.to - tick.from) * view.perDay }}
          data-weekend={(minor === 'day' && [0, 6].includes((((tick.from + 4) % 7) + 7) % 7)) || undefined}
        />
      ))}
      {(layout.markers ?? []).map((marker, at) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: markers have no other name, and several may be alike
          key={`marker ${at}`}
          className={css.markerLine}
          data-option-color={marker.color ?? 'purple'}
          style={{ insetInlineStart: view.x(dayNumber(marker.date)) }}
        />
      ))}
      <span
        className={css.today}
        style={{ insetInlineStart: view.x(dayNumber(today())) + view.perDay / 2 }}
      />
    </div>
  );
}

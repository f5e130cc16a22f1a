import { ChevronDown, ChevronRight } from 'lucide-react';
import { formatCompact, formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { groupColor } from '../shared/groups.ts';
import { between, type Entry, type Heading } from './lanes.ts';
import { loadsOf, type PeriodLoad, sumsOf } from './load.ts';
import css from './timeline.module.css';
import type { Timeline } from './use-timeline.ts';

/** The headings of groups and swimlanes in sight, with their sums. */
export function Headings({ timeline }: { timeline: Timeline }) {
  const { lanes, view, headingHeight } = timeline;
  return between(lanes.headings, view.sight.y0, view.sight.y1, headingHeight).map((heading) => (
    <HeadingLine key={heading.path} heading={heading} timeline={timeline} />
  ));
}

function HeadingLine({ heading, timeline }: { heading: Heading; timeline: Timeline }) {
  const { field } = useProject();
  const { view, headingHeight, layout, props } = timeline;
  const grouping = props.definition.query.group?.[heading.depth]?.field;
  const name = timeline.headingName(heading);
  return (
    <div
      className={css.heading}
      data-depth={heading.depth}
      style={{ transform: `translateY(${heading.top}px)`, blockSize: headingHeight, inlineSize: view.width }}
    >
      {layout.load && <Sums timeline={timeline} entries={heading.entries} />}
      <button
        type="button"
        className={css.headingButton}
        aria-expanded={!heading.collapsed}
        data-option-color={groupColor(heading.keys.at(-1) ?? null, grouping ? field(grouping) : undefined)}
        onClick={() => timeline.toggle(heading.path)}
      >
        <Icon of={heading.collapsed ? ChevronRight : ChevronDown} size={14} />
        <span className={css.dot} />
        <span className={css.headingName}>{name}</span>
        <span className={css.count}>{formatNumber(heading.count)}</span>
      </button>
    </div>
  );
}

/** The number that an idea adds to the sums. */
function workOf(entries: readonly Entry[], ref: string): { span: Entry['span']; amount: number }[] {
  const seen = new Set<number>();
  return entries.flatMap(({ row, span }) => {
    const value = row.values[ref];
    const amount = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
    if (typeof amount !== 'number' || seen.has(row.id)) return [];
    seen.add(row.id);
    return [{ span, amount }];
  });
}

function Sums({ timeline, entries }: { timeline: Timeline; entries: readonly Entry[] }) {
  const { layout, view } = timeline;
  const { load } = layout;
  if (!load) return null;
  const sums = sumsOf(workOf(entries, load.field), load.unit ?? 'quarter');
  const range = { from: view.day(view.sight.x0), to: view.day(view.sight.x1) };
  return loadsOf(sums, { ...load, capacity: undefined, periods: [] }, range)
    .filter(({ amount }) => amount > 0)
    .map(({ from, to, amount }) => (
      <span
        key={from}
        className={css.sum}
        style={{ insetInlineStart: view.x(from), inlineSize: (to - from) * view.perDay }}
      >
        {amountText(amount, (to - from) * view.perDay)}
      </span>
    ));
}

function amountText(amount: number, width: number): string {
  return width < 44 ? formatCompact(amount) : formatNumber(amount, { maximumFractionDigits: 1 });
}

/** The row of sums of everything, against the capacity. */
export function LoadRow({ timeline }: { timeline: Timeline }) {
  const { field } = useProject();
  const { layout, view, entries } = timeline;
  const { load } = layout;
  if (!load) return null;
  const sums = sumsOf(workOf(entries.dated, load.field), load.unit ?? 'quarter');
  const range = { from: view.day(view.sight.x0), to: view.day(view.sight.x1) };
  const name = field(load.field)?.name ?? '';
  return (
    <div
      className={css.loads}
      style={{ inlineSize: view.width }}
      role="group"
      aria-label={t('timeline.load.of', { field: name })}
    >
      {loadsOf(sums, load, range).map((period) => (
        <Period key={period.from} period={period} timeline={timeline} name={name} />
      ))}
    </div>
  );
}

function Period({ period, timeline, name }: { period: PeriodLoad; timeline: Timeline; name: string }) {
  const { view } = timeline;
  const { from, to, amount, capacity, over } = period;
  const width = (to - from) * view.perDay;
  const share = capacity ? Math.min(1, amount / capacity) : 0;
  const words =
    capacity === undefined
      ? amountText(amount, width)
      : `${amountText(amount, width)} / ${amountText(capacity, width)}`;
  return (
    <span
      className={css.period}
      data-over={over || undefined}
      style={{ insetInlineStart: view.x(from), inlineSize: width }}
      title={t(over ? 'timeline.load.over' : 'timeline.load.at', { field: name, words })}
    >
      {capacity !== undefined && <span className={css.fill} style={{ inlineSize: `${share * 100}%` }} />}
      <span className={css.periodText}>{words}</span>
    </span>
  );
}

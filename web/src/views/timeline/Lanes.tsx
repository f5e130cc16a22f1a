import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { formatCompact, formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue } from '@/sync/types.ts';
import { Icon } from '@/ui/Icon.tsx';
import { groupColor } from '../shared/groups.ts';
import css from './Lanes.module.css';
import { between, type Entry, type Heading } from './lanes.ts';
import type { TimelineLoad } from './layout.ts';
import { loadsOf, type PeriodLoad, sumsOf } from './load.ts';
import parts from './parts.module.css';
import type { Timeline } from './use-timeline.ts';

/** The headings of groups and swimlanes in sight, with their sums. */
export function Headings({ timeline }: { timeline: Timeline }) {
  const { lanes, view, headingHeight } = timeline;
  const { y0, y1 } = useStore(view.sight);
  return between(lanes.headings, y0, y1, headingHeight).map((heading) => (
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
        <span className={parts.count}>{formatNumber(heading.count)}</span>
      </button>
    </div>
  );
}

/** The number of a value: of a formula its result, of a range what is likely. */
function likelyOf(value: CellValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if ('likely' in value && typeof value.likely === 'number') return value.likely;
  return 'value' in value && typeof value.value === 'number' ? value.value : undefined;
}

/** The number that an idea adds to the sums. */
function workOf(entries: readonly Entry[], ref: string): { span: Entry['span']; amount: number }[] {
  const seen = new Set<number>();
  return entries.flatMap(({ row, span }) => {
    const amount = likelyOf(row.values[ref]);
    if (amount === undefined || seen.has(row.id)) return [];
    seen.add(row.id);
    return [{ span, amount }];
  });
}

const noSums: ReadonlyMap<number, number> = new Map();

/** Sums of thousands are made when they change, not while one scrolls. */
function useSums(entries: readonly Entry[], load: TimelineLoad | undefined): ReadonlyMap<number, number> {
  const { field, unit = 'quarter' } = load ?? {};
  return useMemo(
    () => (field === undefined ? noSums : sumsOf(workOf(entries, field), unit)),
    [entries, field, unit],
  );
}

function Sums({ timeline, entries }: { timeline: Timeline; entries: readonly Entry[] }) {
  const { layout, view } = timeline;
  const { load } = layout;
  const { x0, x1 } = useStore(view.sight);
  const sums = useSums(entries, load);
  if (!load) return null;
  const range = { from: view.day(x0), to: view.day(x1) };
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
  const { x0, x1 } = useStore(view.sight);
  const sums = useSums(entries.dated, load);
  if (!load) return null;
  const range = { from: view.day(x0), to: view.day(x1) };
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

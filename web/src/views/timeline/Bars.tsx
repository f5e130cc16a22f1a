import { memo, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import { ChangeMark, useChangeOf } from '../shared/change-marks.tsx';
import { byFinger } from '../shared/hold.ts';
import css from './Bars.module.css';
import { between, type Entry, inSight } from './lanes.ts';
import { formatSpan } from './use-edits.ts';
import { readable, type Timeline } from './use-timeline.ts';

/** Whether a span is drawn as a mark on a day. */
export function isMilestone({ span }: Pick<Entry, 'span'>): boolean {
  return span.precision === 'day' && span.start === span.end;
}

interface BarProps {
  entry: Entry;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Of the text, in px; it may reach over the bar's end. */
  room: number;
  /** The text is left out: it stands in the column before the axis. */
  bare: boolean;
  active: boolean;
  dimmed: boolean;
  group: string;
  keys: string;
  down: (event: PointerEvent<HTMLElement>, entry: Entry) => void;
  menu: (entry: Entry) => void;
  focusOn: (entry: Entry) => void;
  /** It may reach in from before the edge: its text stays in sight. */
  stuck: boolean;
  /** The bar takes the focus when it becomes the active one. */
  follow: boolean;
}

const Bar = memo(function Bar(props: BarProps) {
  const { entry, x, y, width, height, room, bare, active, dimmed, group, follow } = props;
  const { row, span } = entry;
  const milestone = isMilestone(entry);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active && follow) ref.current?.focus({ preventScroll: true });
  }, [active, follow]);
  const title = String(row.values.title ?? '');
  const changed = useChangeOf(row.id)?.words;
  const name = [title, formatSpan(span), group, changed].filter(Boolean).join(', ');
  return (
    <div
      ref={ref}
      role="button"
      tabIndex={active ? 0 : -1}
      className={cx(css.bar, milestone && css.milestone)}
      style={{
        insetInlineStart: x,
        insetBlockStart: y,
        inlineSize: milestone ? height : width,
        blockSize: height,
      }}
      aria-label={name}
      aria-describedby={props.keys}
      data-idea={row.id}
      data-precision={span.precision}
      data-option-color={row.color}
      data-active={active || undefined}
      data-dimmed={dimmed || undefined}
      data-milestone={milestone || undefined}
      title={name}
      onPointerDown={(event) => props.down(event, entry)}
      onContextMenu={(event) => {
        event.preventDefault();
        if (!byFinger(event)) props.menu(entry);
      }}
      onFocus={() => props.focusOn(entry)}
    >
      <ChangeMark idea={row.id} />
      {!bare && (
        <span
          className={css.label}
          data-stuck={props.stuck || undefined}
          style={{ maxInlineSize: Math.max(room, width) - 12 }}
        >
          {title}
        </span>
      )}
      {active && !milestone && (
        <>
          <span className={css.pull} data-part="start" />
          <span className={css.pull} data-part="end" />
        </>
      )}
      {active && <span className={css.linker} data-part="link" title={t('timeline.drawLink')} />}
    </div>
  );
});

/** Px from the beginning of what is in sight in which a bar may be cut off before sight moves on. */
const stuckWithin = 240;

/** Px that a text over the end of its bar takes at most. */
const longest = 320;

/** The bars in sight. */
export function Bars({ timeline }: { timeline: Timeline }) {
  const { lanes, view, rowHeight, roomOf, active, side, edits, rows } = timeline;
  const sight = useStore(view.sight);
  const [from, to] = [view.day(sight.x0), view.day(sight.x1)];
  const lines = between(lanes.lines, sight.y0, sight.y1, rowHeight);
  const shown = lines.flatMap((line) => inSight(line, from, to, roomOf(line.entries[0])));
  // Not with each move of sight: lines may be long.
  const next = useMemo(
    () => new Map(lanes.lines.flatMap(({ entries }) => entries.map((entry, at) => [entry, entries[at + 1]]))),
    [lanes.lines],
  );
  /** Px that a text may take: up to the next bar of its line. */
  const roomFor = (entry: Entry) => {
    const after = next.get(entry);
    if (!after) return longest;
    return Math.min(longest, Math.max(readable, (after.span.start - entry.span.start) * view.perDay));
  };
  const isShown = active && shown.includes(active);
  // The active bar stays, so that it keeps the focus while it is out of sight.
  const bars = active && !isShown && lanes.lineOf.has(active.position) ? [...shown, active] : shown;
  return bars.map((entry) => {
    const span = edits.proposed.get(entry.row.id) ?? entry.span;
    const top = lanes.lineOf.get(entry.position)?.top ?? 0;
    const width = Math.max(3, (span.end + 1 - span.start) * view.perDay);
    const milestone = isMilestone({ span });
    const height = rowHeight - 8;
    const middle = view.x(span.start) + view.perDay / 2 - height / 2;
    return (
      <Bar
        key={entry.position}
        entry={span === entry.span ? entry : { ...entry, span }}
        x={milestone ? middle : view.x(span.start)}
        y={top + 4}
        width={width}
        height={height}
        room={roomFor(entry)}
        bare={side > 0}
        active={entry.position === active?.position}
        dimmed={rows.dragged === entry.position}
        group={timeline.groupName(entry)}
        keys={timeline.keysId}
        down={timeline.dragging.down}
        menu={timeline.openMenu}
        focusOn={timeline.choose}
        stuck={view.x(span.start) < sight.x0 + stuckWithin}
        follow={timeline.follow}
      />
    );
  });
}

import { useStore } from '@/lib/store.ts';
import arrows from './Arrows.module.css';
import bars from './Bars.module.css';
import { isMilestone } from './Bars.tsx';
import css from './DragLayer.module.css';
import type { Span } from './spans.ts';
import { formatSpan } from './use-edits.ts';
import type { Timeline } from './use-timeline.ts';

/** What is being dragged, where it would be dropped, with its dates. */
export function DragLayer({ timeline }: { timeline: Timeline }) {
  const drag = useStore(timeline.dragging.drag);
  const { view, rowHeight } = timeline;
  if (!drag) return null;
  if (drag.kind === 'link') {
    const { span, position } = drag.entry;
    const line = timeline.lanes.lineOf.get(position);
    const [x, y] = [view.x(span.end + 1), (line?.top ?? 0) + rowHeight / 2];
    const left = Math.min(x, drag.x);
    const top = Math.min(y, drag.y);
    return (
      <svg
        className={arrows.rubber}
        style={{ transform: `translate(${left}px, ${top}px)` }}
        width={Math.abs(drag.x - x) + 2}
        height={Math.abs(drag.y - y) + 2}
        data-valid={(drag.target !== undefined && drag.target !== drag.entry.row.id) || undefined}
        aria-hidden="true"
      >
        <line x1={x - left} y1={y - top} x2={drag.x - left} y2={drag.y - top} />
      </svg>
    );
  }
  if (!drag.span) return null;
  const row = drag.kind === 'place' ? drag.row : drag.entry.row;
  const exact = drag.kind !== 'place' && drag.exact;
  return (
    <Dragged
      timeline={timeline}
      span={drag.span}
      top={drag.top}
      title={String(row.values.title ?? '')}
      color={row.color}
      exact={exact}
    />
  );
}

interface DraggedProps {
  timeline: Timeline;
  span: Span;
  top: number;
  title: string;
  color: string | undefined;
  exact: boolean;
}

function Dragged({ timeline, span, top, title, color, exact }: DraggedProps) {
  const { view, rowHeight } = timeline;
  const milestone = isMilestone({ span });
  const height = rowHeight - 8;
  const x = milestone ? view.x(span.start) + view.perDay / 2 - height / 2 : view.x(span.start);
  return (
    <div
      className={bars.dragged}
      data-carried=""
      style={{
        insetInlineStart: x,
        insetBlockStart: top + 4,
        inlineSize: milestone ? height : Math.max(3, (span.end + 1 - span.start) * view.perDay),
        blockSize: height,
      }}
      data-option-color={color}
      data-precision={span.precision}
      aria-hidden="true"
    >
      <span className={bars.label}>{title}</span>
      <span className={css.dates} data-exact={exact || undefined}>
        {formatSpan(span)}
      </span>
    </div>
  );
}

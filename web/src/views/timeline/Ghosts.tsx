import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import css from './Ghosts.module.css';
import { between, type Entry } from './lanes.ts';
import type { Baseline } from './use-baseline.ts';
import { formatSpan } from './use-edits.ts';
import type { Timeline } from './use-timeline.ts';

/** Where bars stood on an earlier day, behind those of today. */
export function Ghosts({ timeline, baseline }: { timeline: Timeline; baseline: Baseline }) {
  const { lanes, view, rowHeight } = timeline;
  const sight = useStore(view.sight);
  if (baseline.date === null) return null;
  const found: { entry: Entry; top: number }[] = [];
  for (const line of between(lanes.lines, sight.y0, sight.y1, rowHeight))
    for (const entry of line.entries)
      if (baseline.was.has(entry.row.id)) found.push({ entry, top: line.top });
  return (
    <div aria-hidden="true">
      {found.map(({ entry, top }) => {
        const was = baseline.was.get(entry.row.id);
        const span = was ?? entry.span;
        const [left, right] = [view.x(span.start), view.x(span.end + 1)];
        if (right < sight.x0 || left > sight.x1) return null;
        return (
          <span
            key={entry.position}
            className={was ? css.ghost : css.fresh}
            style={{
              transform: `translate(${left - (was ? 0 : 10)}px, ${top + (was ? 1 : rowHeight / 2 - 4)}px)`,
              inlineSize: was ? right - left : undefined,
              blockSize: was ? rowHeight - 2 : undefined,
            }}
            title={was ? t('timeline.baseline.was', { when: formatSpan(was) }) : t('timeline.baseline.new')}
          />
        );
      })}
    </div>
  );
}

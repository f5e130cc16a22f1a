import { useStore } from '@/lib/store.ts';
import { useProject } from '@/sync/project.tsx';
import { FreshDot } from '../shared/fresh.tsx';
import { between } from './lanes.ts';
import parts from './parts.module.css';
import css from './Titles.module.css';
import type { Timeline } from './use-timeline.ts';

/** The titles before the axis, where each idea has a line of its own. */
export function Titles({ timeline }: { timeline: Timeline }) {
  const { project } = useProject();
  const { lanes, view, rowHeight, side, active } = timeline;
  const { y0, y1 } = useStore(view.sight);
  return (
    <div className={css.titles} style={{ inlineSize: side, blockSize: lanes.height }}>
      {between(lanes.lines, y0, y1, rowHeight).map((line) => {
        const [entry] = line.entries;
        if (!entry) return null;
        return (
          <div
            key={entry.position}
            className={css.line}
            style={{ transform: `translateY(${line.top}px)`, blockSize: rowHeight }}
            data-active={active?.position === entry.position || undefined}
          >
            <button
              type="button"
              tabIndex={-1}
              className={parts.idea}
              onClick={() => timeline.open(entry.row)}
            >
              <FreshDot idea={entry.row.id} />
              <span className={parts.key}>{`${project.key}-${entry.row.number}`}</span>
              <span className={css.text}>{String(entry.row.values.title ?? '')}</span>
            </button>
          </div>
        );
      })}
    </div>
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { ChangeMark } from '../shared/change-marks.tsx';
import css from './Reading.module.css';
import { formatSpan } from './use-edits.ts';
import type { Timeline } from './use-timeline.ts';

const height = 36;

/** The same as the bars, as a table: what, when, in which group, and what it waits for. */
export function Reading({ timeline }: { timeline: Timeline }) {
  const { project } = useProject();
  const { entries, links } = timeline;
  const scroller = useRef<HTMLDivElement>(null);
  const dated = useMemo(
    () => [...entries.dated].sort((a, b) => a.span.start - b.span.start || a.position - b.position),
    [entries.dated],
  );
  const waits = useMemo(() => {
    const found = new Map<number, string[]>();
    for (const { from, to } of links)
      found.set(to.id, [...(found.get(to.id) ?? []), from.key ?? t('links.hidden')]);
    return found;
  }, [links]);
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const rows = useVirtualizer({
    count: dated.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    useFlushSync: false,
  });
  const columns = [
    t('field.key'),
    t('field.title'),
    t('timeline.when'),
    t('timeline.group'),
    t('timeline.waitsFor'),
  ];
  return (
    <div
      ref={scroller}
      className={css.reading}
      role="table"
      aria-label={t('timeline.reading')}
      aria-rowcount={dated.length + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
    >
      <div role="row" className={css.head} aria-rowindex={1}>
        {columns.map((column) => (
          <span key={column} role="columnheader">
            {column}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ blockSize: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const entry = dated[index];
          if (!entry) return null;
          const { row, span } = entry;
          return (
            <div
              key={entry.position}
              role="row"
              className={css.row}
              aria-rowindex={index + 2}
              style={{ transform: `translateY(${start}px)`, blockSize: height }}
            >
              <span role="cell">
                <ChangeMark idea={row.id} />
                {`${project.key}-${row.number}`}
              </span>
              <span role="cell">
                <button type="button" className={css.idea} onClick={() => timeline.open(row)}>
                  {String(row.values.title ?? '')}
                </button>
              </span>
              <span role="cell">{formatSpan(span)}</span>
              <span role="cell">{timeline.groupName(entry)}</span>
              <span role="cell">{(waits.get(row.id) ?? []).join(', ')}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaRow } from '@/sync/types.ts';
import { usePending } from '@/sync/use-result.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { ChangeMark } from '../shared/change-marks.tsx';
import { FreshDot } from '../shared/fresh.tsx';
import { shownValue } from '../shared/groups.ts';
import { EditedCard } from '../shared/presence/Edited.tsx';
import type { RowMark, ViewProps } from '../types.ts';
import css from './Cards.module.css';
import { columnsOf, type GridColumn } from './columns.ts';
import { GroupRow } from './GroupRow.tsx';
import { layoutOf } from './layout.ts';
import { MarkOfRow } from './MarkOfRow.tsx';

/** Heights of a card and of a heading, in px. */
const cardHeight = 116;
const headingHeight = 40;
const shownFields = 3;

/** The result as a column of cards, for phones: each with its first fields. */
export function Cards({ definition, result, onOpen, openIdea, empty, marks }: ViewProps) {
  const { field, project } = useProject();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(definition, field), [definition, field]);
  const { length, groups, status } = result.state;
  const layout = useMemo(
    () => layoutOf({ length, groups, collapsed, adding: false }),
    [length, groups, collapsed],
  );
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const virtual = useVirtualizer({
    count: layout.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (layout.at(index)?.kind === 'group' ? headingHeight : cardHeight),
    overscan: 6,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: headings have another height than cards
  useEffect(() => virtual.measure(), [layout, virtual]);
  const items = virtual.getVirtualItems();
  const positions = items.flatMap(({ index }) => {
    const line = layout.at(index);
    return line?.kind === 'row' ? line.position : [];
  });
  const [first, last] = [positions[0] ?? 0, positions.at(-1) ?? 0];
  useEffect(() => result.window.show({ first, last }), [result.window, first, last]);
  const idAt = (index: number, beside: { path: string }) => {
    const line = layout.at(index);
    const near = line?.kind === 'row' && line.path === beside.path;
    return near ? result.window.row(line.position)?.id : undefined;
  };
  const toggle = (path: string) =>
    setCollapsed((now) => {
      const next = new Set(now);
      if (!next.delete(path)) next.add(path);
      return next;
    });
  if (layout.count === 0 && status === 'ready') return empty;
  return (
    <div ref={scroller} className={css.cards} data-colors={definition.colorBy?.style}>
      <ul
        style={{ blockSize: virtual.getTotalSize() }}
        className={css.list}
        aria-label={t('list.label', { view: definition.name })}
      >
        {items.map(({ index, start, size }) => {
          const line = layout.at(index);
          if (!line || line.kind === 'add') return null;
          const place = { transform: `translateY(${start}px)`, blockSize: size };
          if (line.kind === 'group') {
            return (
              <li key={line.path} className={css.heading} style={place}>
                <div role="table" aria-label={line.group.label}>
                  <GroupRow
                    id={`card-${index}`}
                    item={index}
                    group={line.group}
                    level={line.level}
                    collapsed={line.collapsed}
                    field={field(definition.query.group?.[line.level]?.field ?? '')}
                    top={0}
                    height={headingHeight}
                    width={0}
                    columns={[]}
                    active={false}
                    onToggle={() => toggle(line.path)}
                  />
                </div>
              </li>
            );
          }
          const row = result.window.row(line.position);
          const mark =
            row && marks?.at(row.id, { above: idAt(index - 1, line), below: idAt(index + 1, line) });
          return (
            <li key={row ? `${line.path} ${row.id}` : index} className={css.slot} style={place}>
              {mark && <MarkOfRow id={`card-${index}`} mark={mark} />}
              {row && <ChangeMark idea={row.id} />}
              {row && <EditedCard idea={row.id} />}
              {row ? (
                <Card
                  row={row}
                  mark={mark}
                  columns={columns}
                  open={openIdea === `${project.key}-${row.number}`}
                  onOpen={() => onOpen(`${project.key}-${row.number}`)}
                />
              ) : (
                <div className={css.card}>
                  <Skeleton width="70%" />
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface CardProps {
  row: IdeaRow;
  mark: RowMark | undefined;
  columns: readonly GridColumn[];
  open: boolean;
  onOpen: () => void;
}

function Card({ row, mark, columns, open, onOpen }: CardProps) {
  const { project, isSample } = useProject();
  const pending = usePending(row.id);
  const title = String(shownValue(row, 'title', pending) ?? '');
  return (
    <button
      type="button"
      className={css.card}
      data-open={open || undefined}
      data-marked={mark?.tie && true}
      data-end={mark?.end}
      data-option-color={row.color}
      onClick={onOpen}
    >
      <span className={css.title}>
        <FreshDot idea={row.id} /> <span className={css.key}>{`${project.key}-${row.number}`}</span> {title}{' '}
        {isSample(row.id) && <Badge>{t('ui.sample')}</Badge>}
      </span>
      <span className={css.fields}>
        {columns.slice(1, 1 + shownFields).map(({ field, type }) => {
          const value = field.ref === 'key' ? null : shownValue(row, field.ref, pending);
          return value === null ? null : (
            <span key={field.ref} className={css.field}>
              <span className={css.label}>{field.name}</span>
              <type.Cell field={field} value={value} />
            </span>
          );
        })}
      </span>
    </button>
  );
}

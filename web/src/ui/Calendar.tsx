import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Day, type Precision, startOf, today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import css from './Calendar.module.css';
import { type CalendarCell, calendarPage, dayAfterKey, turnPage } from './calendar.ts';

/** Props of Calendar. */
export interface CalendarProps {
  /** What one cell is: day unless told. */
  precision?: Precision;
  /** The span that is chosen, if any. */
  start?: Day;
  end?: Day;
  /** Called with the first day of the unit that was picked. */
  onPick: (day: Day) => void;
  /** Take the focus at once. */
  autoFocus?: boolean;
}

/** A page of days (or months, quarters, halves, years) to pick from, with mouse or keys. */
export function Calendar({ precision = 'day', start, end = start, onPick, autoFocus }: CalendarProps) {
  const now = today();
  const [cursor, setCursor] = useState<Day>(start ?? now);
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(autoFocus ?? false);
  const page = calendarPage(cursor, precision);
  const active = startOf(cursor, precision);

  // After a key the focus follows the cursor, also onto a page that was just turned.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the cursor has moved
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayAfterKey(event.key, cursor, precision);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moved.current = true;
    setCursor(next);
  };
  return (
    <div className={css.calendar}>
      <div className={css.head}>
        <IconButton
          label={t('date.previous', { unit: page.unit })}
          icon={ChevronLeft}
          size="tiny"
          onClick={() => setCursor(turnPage(cursor, -1, precision))}
        />
        <span className={css.title} aria-live="polite">
          {page.title}
        </span>
        <IconButton
          label={t('date.next', { unit: page.unit })}
          icon={ChevronRight}
          size="tiny"
          onClick={() => setCursor(turnPage(cursor, 1, precision))}
        />
      </div>
      <table
        ref={grid}
        className={css.grid}
        role="grid"
        aria-label={page.title}
        onKeyDown={onKeyDown}
        data-precision={precision}
      >
        {page.columns.length > 0 && (
          <thead>
            <tr>
              {page.columns.map((column) => (
                <th key={column.long} scope="col" abbr={column.long} className={css.column}>
                  {column.short}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {page.rows.map((row) => (
            <tr key={row.cells[0]?.start}>
              {row.heading && (
                <th scope="row" className={css.year}>
                  {row.heading}
                </th>
              )}
              {row.cells.map((cell) => (
                <Cell
                  key={cell.start}
                  cell={cell}
                  active={cell.start === active}
                  current={cell.start <= now && now <= cell.end}
                  span={spanPart(cell, start, end)}
                  onPick={() => {
                    setCursor(cell.start);
                    onPick(cell.start);
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type SpanPart = 'only' | 'start' | 'end' | 'middle' | undefined;

function spanPart(cell: CalendarCell, start: Day | undefined, end: Day | undefined): SpanPart {
  if (start === undefined || end === undefined || cell.end < start || cell.start > end) return undefined;
  const first = cell.start <= start;
  const last = cell.end >= end;
  if (first && last) return 'only';
  return first ? 'start' : last ? 'end' : 'middle';
}

interface CellProps {
  cell: CalendarCell;
  active: boolean;
  current: boolean;
  span: SpanPart;
  onPick: () => void;
}

function Cell({ cell, active, current, span, onPick }: CellProps) {
  return (
    <td role="gridcell" aria-selected={span !== undefined} className={css.slot} data-span={span}>
      <button
        type="button"
        tabIndex={active ? 0 : -1}
        className={css.cell}
        data-outside={cell.outside || undefined}
        data-current={current || undefined}
        aria-label={cell.label}
        aria-current={current ? 'date' : undefined}
        onClick={onPick}
      >
        {cell.text}
      </button>
    </td>
  );
}

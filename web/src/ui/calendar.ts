import {
  addMonths,
  addUnits,
  type Day,
  dateOf,
  endOf,
  firstWeekday,
  formatUnit,
  makeDay,
  monthGrid,
  type Precision,
  partsOf,
  startOf,
  weekday,
} from '@/lib/days.ts';
import { formatUTC } from '@/lib/format.ts';

/** One unit that a calendar page offers. */
export interface CalendarCell {
  /** First and last day of the unit. */
  start: Day;
  end: Day;
  /** What stands in the cell. */
  text: string;
  /** The unit in full, for screen readers. */
  label: string;
  /** It belongs to the page before or after. */
  outside: boolean;
}

/** What a calendar shows at once. */
export interface CalendarPage {
  title: string;
  /** The rows; a row of quarters or halves is headed by its year. */
  rows: { heading?: string; cells: CalendarCell[] }[];
  /** Headings of the columns: the days of the week, or nothing. */
  columns: { short: string; long: string }[];
  /** What the arrows beside the title turn over. */
  unit: 'month' | 'year' | 'years';
}

const shape: Record<Exclude<Precision, 'day'>, { perRow: number; years: number }> = {
  month: { perRow: 3, years: 1 },
  quarter: { perRow: 4, years: 4 },
  half: { perRow: 2, years: 4 },
  year: { perRow: 3, years: 12 },
};

function cellOf(day: Day, precision: Precision, pageMonth: Day): CalendarCell {
  const { year, month } = partsOf(day);
  const date = dateOf(day);
  const texts: Record<Precision, () => string> = {
    day: () => formatUTC(date, { day: 'numeric' }),
    month: () => formatUTC(date, { month: 'short' }),
    quarter: () => formatUnit(day, 'quarter').replace(String(year), '').trim(),
    half: () => formatUnit(day, 'half').replace(String(year), '').trim(),
    year: () => formatUnit(day, 'year'),
  };
  return {
    start: startOf(day, precision),
    end: endOf(day, precision),
    text: texts[precision](),
    label: precision === 'day' ? formatUTC(date, { dateStyle: 'full' }) : formatUnit(day, precision),
    outside: precision === 'day' && month !== partsOf(pageMonth).month,
  };
}

function rowsOf(cells: CalendarCell[], perRow: number, precision: Precision): CalendarPage['rows'] {
  const headed = precision === 'quarter' || precision === 'half';
  return Array.from({ length: Math.ceil(cells.length / perRow) }, (_, at) => {
    const row = cells.slice(at * perRow, (at + 1) * perRow);
    const heading = headed && row[0] ? formatUnit(row[0].start, 'year') : undefined;
    return { heading, cells: row };
  });
}

/** The page of a calendar on which a day lies. */
export function calendarPage(day: Day, precision: Precision, first: number = firstWeekday()): CalendarPage {
  const { year } = partsOf(day);
  if (precision === 'day') {
    const days = monthGrid(day, first);
    const columns = days.slice(0, 7).map((each) => ({
      short: formatUTC(dateOf(each), { weekday: 'narrow' }),
      long: formatUTC(dateOf(each), { weekday: 'long' }),
    }));
    const title = formatUTC(dateOf(day), { month: 'long', year: 'numeric' });
    return {
      title,
      columns,
      rows: rowsOf(
        days.map((each) => cellOf(each, 'day', day)),
        7,
        'day',
      ),
      unit: 'month',
    };
  }
  const { perRow, years } = shape[precision];
  const firstYear = year - ((((year - 1) % years) + years) % years);
  const start = makeDay(firstYear, 1, 1);
  const last = makeDay(firstYear + years, 1, 1);
  const cells: CalendarCell[] = [];
  for (let each = start; each < last; each = addUnits(each, 1, precision))
    cells.push(cellOf(each, precision, day));
  const title = years === 1 ? String(year) : `${firstYear} – ${firstYear + years - 1}`;
  return { title, columns: [], rows: rowsOf(cells, perRow, precision), unit: years === 1 ? 'year' : 'years' };
}

/** The same place on the next (1) or previous (-1) page. */
export function turnPage(day: Day, pages: number, precision: Precision): Day {
  return precision === 'day' ? addMonths(day, pages) : addMonths(day, pages * shape[precision].years * 12);
}

/** Where a key leads in the grid; undefined for keys that mean nothing there. */
export function dayAfterKey(key: string, day: Day, precision: Precision): Day | undefined {
  const perRow = precision === 'day' ? 7 : shape[precision].perRow;
  const lead = (weekday(day) - firstWeekday() + 7) % 7;
  switch (key) {
    case 'ArrowLeft':
      return addUnits(day, -1, precision);
    case 'ArrowRight':
      return addUnits(day, 1, precision);
    case 'ArrowUp':
      return addUnits(day, -perRow, precision);
    case 'ArrowDown':
      return addUnits(day, perRow, precision);
    case 'PageUp':
      return turnPage(day, -1, precision);
    case 'PageDown':
      return turnPage(day, 1, precision);
    case 'Home':
      return precision === 'day' ? addUnits(day, -lead, 'day') : startOf(day, 'year');
    case 'End':
      return precision === 'day' ? addUnits(day, 6 - lead, 'day') : startOf(endOf(day, 'year'), precision);
    default:
      return undefined;
  }
}

import { CalendarRange } from 'lucide-react';
import { formatInterval, type Interval, intervalOf, parseDay, precisions } from '@/lib/days.ts';
import css from '../fields.module.css';
import { laterEditor } from '../later.tsx';
import { notA } from '../text.ts';
import type { CellProps, FieldType, Parsed } from '../types.ts';
import { intervalIn } from './value.ts';

function Cell({ value }: CellProps) {
  const interval = intervalIn(value);
  if (!interval) return null;
  return <span className={`${css.text} ${css.number}`}>{formatInterval(interval)}</span>;
}

const units: [RegExp, (match: RegExpMatchArray) => Interval][] = [
  [/^q([1-4])[\s-/]*(\d{4})$/i, (match) => unit(Number(match[2]), (Number(match[1]) - 1) * 3, 'quarter')],
  [/^(\d{4})[\s-/]*q([1-4])$/i, (match) => unit(Number(match[1]), (Number(match[2]) - 1) * 3, 'quarter')],
  [/^h([12])[\s-/]*(\d{4})$/i, (match) => unit(Number(match[2]), (Number(match[1]) - 1) * 6, 'half')],
  [/^(\d{4})-(\d{2})$/, (match) => unit(Number(match[1]), Number(match[2]) - 1, 'month')],
  [/^(\d{4})$/, (match) => unit(Number(match[1]), 0, 'year')],
];

function unit(year: number, month: number, precision: Interval['precision']): Interval {
  const day = `${String(year).padStart(4, '0')}-${String(Math.min(month, 11) + 1).padStart(2, '0')}-01`;
  return intervalOf(day, day, precision);
}

function parseEdge(text: string): Interval | undefined {
  for (const [pattern, make] of units) {
    const match = text.trim().match(pattern);
    if (match) return make(match);
  }
  const day = parseDay(text.trim());
  return day ? { start: day, end: day, precision: 'day' } : undefined;
}

function parse(text: string): Parsed {
  if (text.trim() === '') return { value: null };
  const edges = text.split(/\s*(?:\.\.|–|—|→|\sto\s|\s-\s|\/(?=\d{4}-))\s*/);
  const [first, last = first] = edges.map(parseEdge);
  if (edges.length > 2 || !first || !last || last.end < first.start) return notA('interval', text);
  const finer = precisions.indexOf(first.precision) <= precisions.indexOf(last.precision) ? first : last;
  return { value: intervalOf(first.start, last.end, finer.precision) };
}

/** A text that `parse` reads again without loss. */
function write({ start, end, precision }: Interval): string {
  const name = (day: string) => {
    const [year = '', month = ''] = day.split('-');
    if (precision === 'year') return year;
    if (precision === 'half') return `H${Number(month) <= 6 ? 1 : 2} ${year}`;
    if (precision === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`;
    return precision === 'month' ? `${year}-${month}` : day;
  };
  const [from, to] = [name(start), name(end)];
  return from === to ? from : `${from} .. ${to}`;
}

/** A span of days, meant as exactly as its precision says. */
export const interval: FieldType = {
  icon: CalendarRange,
  align: 'start',
  width: 168,
  Cell,
  Editor: laterEditor(() => import('./Editor.tsx')),
  toText: (value) => {
    const given = intervalIn(value);
    return given ? write(given) : '';
  },
  fromText: parse,
};

import { type Interval, isDay } from '@/lib/days.ts';
import type { CellValue } from '@/sync/types.ts';

/** The interval in a value, null when there is none. */
export function intervalIn(value: CellValue): Interval | null {
  if (typeof value !== 'object' || value === null || !('start' in value)) return null;
  const { start, end, precision } = value;
  return isDay(start) && isDay(end) ? { start, end, precision: precision ?? 'day' } : null;
}

import { isDay } from '@/lib/days.ts';
import type { CellValue } from '@/sync/types.ts';

/** The day in a value, null when there is none. */
export const dayIn = (value: CellValue) => (typeof value === 'string' && isDay(value) ? value : null);

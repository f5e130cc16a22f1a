import { formatLocal } from '@/lib/format.ts';

const day = 24 * 3600 * 1000;

/** Writes a moment behind "since": the hour today, the weekday within a week, else the date. */
export function sinceWhen(moment: string, now: number = Date.now()): string {
  const at = Date.parse(moment);
  const today = new Date(now).toDateString() === new Date(at).toDateString();
  if (today) return formatLocal(moment, { timeStyle: 'short' });
  if (now - at < 6 * day) return formatLocal(moment, { weekday: 'long' });
  return formatLocal(moment, { dateStyle: 'long' });
}

import { addDays, type Day, partsOf, today } from '@/lib/days.ts';
import { formatMoment } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';

/** How long a new token is good for, as it is offered; `day` is a day of one's own choice. */
export const lives = ['30', '90', '365', 'day', 'never'] as const;

/** One of the offered lives. */
export type Life = (typeof lives)[number];

/**
 * The moment a token of that life ends, as the server reads it: the last second of its last day where the reader is.
 * Undefined for a token without an end, and for `day` while no day is chosen.
 */
export function expiryOf(life: Life, chosen: Day | null, now: Date = new Date()): string | undefined {
  if (life === 'never') return undefined;
  const last = life === 'day' ? chosen : addDays(today(now), Number(life));
  if (last === null) return undefined;
  const { year, month, day } = partsOf(last);
  const end = new Date(now);
  end.setFullYear(year, month - 1, day);
  end.setHours(23, 59, 59, 0);
  return end.toISOString();
}

/** Whether a moment has passed; false for none. */
export function isPast(moment: string | undefined, now: number = Date.now()): boolean {
  return moment !== undefined && Date.parse(moment) <= now;
}

/** When something ends or has ended, in words. */
export function expiryText(moment: string | undefined): string {
  if (moment === undefined) return t('settings.neverExpires');
  return t(isPast(moment) ? 'settings.expiredWhen' : 'settings.expiresWhen', { when: formatMoment(moment) });
}

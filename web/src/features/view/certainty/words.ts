import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';

/** A chance as people say it: 7 in 10. The ends have words of their own. */
export function chanceWords(chance: number): string {
  if (chance >= 1) return t('certainty.sure');
  if (chance <= 0) return t('certainty.never');
  if (chance > 0.95) return t('certainty.almost');
  if (chance < 0.05) return t('certainty.hardly');
  return t('certainty.inTen', { n: Math.min(9, Math.max(1, Math.round(chance * 10))) });
}

/** A number with as many digits as it can be read with. */
export function shortNumber(value: number): string {
  return formatNumber(value, { maximumSignificantDigits: 3 });
}

import { createContext, useContext } from 'react';
import { formatNumber, formatStyled } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { Spread } from '@/sync/spreads.ts';
import type { FieldInfo, Ref } from '@/sync/types.ts';

/** Finds where a field of an idea may lie; undefined when it is certain or not known. */
export type SpreadOf = (idea: number, field: Ref) => Spread | undefined;

const Source = createContext<SpreadOf>(() => undefined);

/** Tells explanations inside it where scores may lie. */
export const SpreadSource = Source.Provider;

/** Where a score lies, in words. */
export function spreadWords({ low, high }: Spread, { number }: FieldInfo): string {
  const write = (end: number) =>
    number ? formatStyled(end, number) : formatNumber(end, { maximumSignificantDigits: 3 });
  return t('list.spread', { low: write(low), high: write(high) });
}

/** The same for an idea's field, undefined when nothing is known of it. */
export function useSpreadWords(idea: number, field: FieldInfo): string | undefined {
  const spread = useContext(Source)(idea, field.ref);
  return spread && spreadWords(spread, field);
}

import { MessageSquareQuote } from 'lucide-react';
import { formatComputed, formatStyled } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { writeNumber } from '../text.ts';
import type { CellProps, FieldType } from '../types.ts';

function Cell({ field, value }: CellProps) {
  if (typeof value !== 'number') return null;
  const share = field.evidence?.measure === 'share';
  const style = field.number ?? (share ? { style: 'percent', decimals: 0 } : undefined);
  return style ? formatStyled(value, style) : formatComputed(value);
}

/** What the idea's insights add up to. */
export const evidence: FieldType = {
  icon: MessageSquareQuote,
  align: 'end',
  width: 112,
  Cell,
  toText: (value) => (typeof value === 'number' ? writeNumber(value) : ''),
  fromText: () => ({ error: t('field.evidence.counted') }),
};

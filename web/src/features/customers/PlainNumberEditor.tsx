import { InlineText } from '@/fields/InlineText.tsx';
import type { EditorProps } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { plainNumber } from './plain-number.ts';

/** Edits a number that is never a range. */
export function PlainNumberEditor({ field, value, typed, onCommit, onCancel }: EditorProps) {
  return (
    <InlineText
      label={field.name}
      text={typed ?? (typeof value === 'number' ? String(value) : '')}
      selectAll={typed === undefined}
      align="end"
      inputMode="decimal"
      onEnter={(text, move) => {
        const next = plainNumber(text);
        if (next === undefined) return t('customers.noNumber', { text });
        onCommit(next, move);
        return undefined;
      }}
      onCancel={onCancel}
    />
  );
}

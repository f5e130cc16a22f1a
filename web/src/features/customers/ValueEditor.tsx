import { InlineText } from '@/fields/InlineText.tsx';
import { typeOf } from '@/fields/registry.ts';
import type { EditorProps } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { plainNumber } from './columns.ts';

/** The editor of a customer's value: that of an idea's field, but numbers are plain ones. What floats leaves the value in sight. */
export function ValueEditor(props: EditorProps) {
  const { field, value, typed, onCommit, onCancel } = props;
  if (field.type === 'number') {
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
  const { Cell, Editor, typing } = typeOf(field);
  return (
    <>
      {!typing && <Cell field={field} value={value} />}
      {Editor && <Editor {...props} />}
    </>
  );
}

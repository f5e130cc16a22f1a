import type { EditorProps } from '@/fields/types.ts';
import type { Column } from './columns.ts';

/** Props of ValueEditor. */
export interface ValueEditorProps extends Omit<EditorProps, 'field' | 'idea'> {
  column: Column;
}

/** The editor of a customer's value: that of an idea's field. What floats leaves the value in sight. */
export function ValueEditor({ column, ...props }: ValueEditorProps) {
  const { field, type } = column;
  const { Cell, Editor, typing } = type;
  return (
    <>
      {(!typing || column.key === 'company') && <Cell field={field} value={props.value} />}
      {Editor && <Editor {...props} field={field} idea={0} />}
    </>
  );
}

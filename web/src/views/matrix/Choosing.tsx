import { BulkBar } from '../shared/BulkBar.tsx';
import type { Matrix } from './use-matrix.ts';

/** What can be done to the ideas that are selected. */
export function Choosing({ matrix }: { matrix: Matrix }) {
  const { selected, setSelected, say, props } = matrix;
  const ids = [...selected];
  return (
    <BulkBar
      count={ids.length}
      target={{ ids }}
      ids={ids}
      archivedOnly={props.definition.query.archived === 'only'}
      onClear={() => setSelected(new Set())}
      say={say}
    />
  );
}

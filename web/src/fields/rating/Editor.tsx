import { likelyOf, rangeIn, rangeValue } from '@/lib/range.ts';
import type { CellValue } from '@/sync/types.ts';
import { Rating } from '@/ui/Rating.tsx';
import { RangePanel } from '../RangePanel.tsx';
import type { EditorProps } from '../types.ts';
import { most, parseRating } from './parse.ts';

/** A value with other stars as the likely ones; the ends give way where they must. */
function withLikely(value: CellValue, likely: number | null): CellValue {
  const range = rangeIn(value);
  if (!range || likely === null) return likely;
  return rangeValue({ low: Math.min(range.low, likely), likely, high: Math.max(range.high, likely) });
}

/** Its editor, beside the cell. */
export default function Editor(props: EditorProps) {
  return (
    <RangePanel {...props} min={1} max={most} step={1} first={1} parse={parseRating} keepChildren>
      {(value, set) => (
        <span>
          <Rating
            value={likelyOf(value) ?? null}
            aria-label={props.field.name}
            onValueChange={(next) =>
              rangeIn(value) ? set(withLikely(value, next)) : props.onCommit(next, 'stay')
            }
          />
        </span>
      )}
    </RangePanel>
  );
}

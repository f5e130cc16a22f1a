import { formulaIn } from '@/fields/formula/index.tsx';
import { spreadWords } from '@/fields/formula/spread.ts';
import type { Spread } from '@/sync/spreads.ts';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import css from './certainty.module.css';
import { isVisible, placeSpread } from './certainty.ts';

/** Props of SpreadBar. */
export interface SpreadBarProps {
  field: FieldInfo;
  spread: Spread;
  scale: { from: number; to: number };
  value: CellValue;
}

/** Below a score: where it may lie on the scale of its column, and what is likely. */
export function SpreadBar({ field, spread, scale, value }: SpreadBarProps) {
  const likely = formulaIn(value).value;
  const placed = placeSpread(spread, scale, likely ?? undefined);
  if (!isVisible(placed)) return null;
  const { start, length, mark } = placed;
  return (
    <>
      <span className={css.spread} aria-hidden="true">
        <span className={css.bar} style={{ insetInlineStart: `${start}%`, inlineSize: `${length}%` }} />
        {mark !== undefined && <span className={css.likely} style={{ insetInlineStart: `${mark}%` }} />}
      </span>
      <span className="visually-hidden">{spreadWords(spread, field)}</span>
    </>
  );
}

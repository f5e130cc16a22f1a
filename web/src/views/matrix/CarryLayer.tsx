import { useStore } from '@/lib/store.ts';
import { textOf } from './axis.ts';
import css from './CarryLayer.module.css';
import { placeOf } from './carry.ts';
import layer from './layer.module.css';
import { shrink } from './marks.ts';
import { radii, radiusOf } from './points.ts';
import type { Matrix } from './use-matrix.ts';
import { toScreen } from './viewport.ts';

/** The most ideas in the hand that are drawn. */
const mostGhosts = 60;

/** Ideas that are being moved, where they would be put, with the values that they would have. */
export function CarryLayer({ matrix }: { matrix: Matrix }) {
  const carry = useStore(matrix.carry);
  if (!carry) return null;
  const { plotted, view, size, scene, plan } = matrix;
  const lead = carry.items.find((item) => item.row.id === carry.lead) ?? carry.items[0];
  if (!lead) return null;
  const at = (item: typeof lead) => toScreen(placeOf(item, plotted), view, size);
  const middle = at(lead);
  const from = lead.from && toScreen(lead.from, view, size);
  const reason = [plotted.x.locked, plotted.y.locked].find((locked) => locked !== undefined);
  const marks = new Map(
    carry.items.slice(0, mostGhosts).map(({ row }) => {
      const point = plotted.byId.get(row.id);
      const r = scene.dense || !point ? radii.plain : radiusOf(point, plan.size !== undefined) * shrink(size);
      return [row.id, { r, color: point?.color ?? row.color }] as const;
    }),
  );
  const flip = middle.px > size.width - 220;
  return (
    <div className={layer.layer} aria-hidden="true">
      <svg className={layer.layer}>
        <path className={css.guide} d={`M0 ${middle.py}H${size.width}M${middle.px} 0V${size.height}`} />
        {from && <path className={css.trail} d={`M${from.px} ${from.py}L${middle.px} ${middle.py}`} />}
      </svg>
      {carry.items.slice(0, mostGhosts).map((item) => {
        const { px, py } = at(item);
        const { r, color } = marks.get(item.row.id) ?? { r: radii.plain, color: undefined };
        return (
          <span
            key={item.row.id}
            className={css.ghost}
            data-lead={item === lead || undefined}
            data-option-color={color}
            style={{ translate: `${px - r}px ${py - r}px`, inlineSize: 2 * r, blockSize: 2 * r }}
          />
        );
      })}
      <div
        className={css.hint}
        data-flip={flip || undefined}
        style={{ translate: `${middle.px}px ${middle.py}px` }}
      >
        <div className={css.hintBox}>
          {carry.items.length > 1 && <strong>{carry.items.length}</strong>}
          <span>
            {plotted.x.field.name} <b>{textOf(plotted.x, lead.x)}</b>
          </span>
          <span>
            {plotted.y.field.name} <b>{textOf(plotted.y, lead.y)}</b>
          </span>
          {reason && <em>{reason}</em>}
        </div>
      </div>
    </div>
  );
}

import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Popover } from '@/ui/Popover.tsx';
import css from './Axes.module.css';
import { AxisSettings } from './AxisSettings.tsx';
import { type Tick, ticksOf, unitOf } from './axis.ts';
import { shareOf, valueAt } from './scale.ts';
import type { Matrix } from './use-matrix.ts';

interface AxisProps {
  matrix: Matrix;
  which: 'x' | 'y';
}

/** The marks of an axis that are in sight, each with its share of what is in sight. */
function visibleTicks({ plotted, view, size }: Matrix, which: 'x' | 'y'): (Tick & { share: number })[] {
  const axis = plotted[which];
  const from = which === 'x' ? view.u : view.v;
  const ends = [valueAt(from, axis.span), valueAt(from + 1 / view.zoom, axis.span)];
  const part = { low: Math.min(...ends), high: Math.max(...ends) };
  const room = which === 'x' ? size.width / 76 : size.height / 48;
  return ticksOf(axis, part, Math.max(2, Math.floor(room))).map((tick) => ({
    ...tick,
    share: (shareOf(tick.value, axis.span) - from) * view.zoom,
  }));
}

/** The numbers along an axis, and lines across the plot. */
export function AxisTicks({ matrix, which }: AxisProps) {
  const { size } = matrix;
  if (size.width === 0) return <div className={css.ticks} data-axis={which} />;
  return (
    <div className={css.ticks} data-axis={which} aria-hidden="true">
      {visibleTicks(matrix, which).map(({ value, label, share }) => (
        <span
          key={value}
          className={css.tick}
          style={
            which === 'x'
              ? { translate: `${(share * size.width).toFixed(1)}px 0` }
              : { translate: `0 ${((1 - share) * size.height).toFixed(1)}px` }
          }
        >
          <i
            className={css.gridline}
            style={which === 'x' ? { blockSize: size.height } : { inlineSize: size.width }}
          />
          <span className={css.tickText} title={label}>
            {label}
          </span>
        </span>
      ))}
    </div>
  );
}

/** The name of an axis, behind which it is chosen. */
export function AxisName({ matrix, which }: AxisProps) {
  const [open, setOpen] = useState(false);
  const axis = matrix.plotted[which];
  const unit = unitOf(axis.field);
  const name = unit ? t('matrix.axis.unit', { field: axis.field.name, unit }) : axis.field.name;
  return (
    <div className={css.name} data-axis={which}>
      <Popover
        label={t(which === 'x' ? 'matrix.axis.x' : 'matrix.axis.y')}
        open={open}
        onOpenChange={setOpen}
        side={which === 'x' ? 'top' : 'right'}
        align="center"
        trigger={
          <Button tone="ghost" className={css.button}>
            {axis.span.log ? t('matrix.axis.logMark', { field: name }) : name}
          </Button>
        }
      >
        <AxisSettings
          definition={matrix.props.definition}
          onChange={matrix.props.onChange}
          which={which}
          heading={false}
        />
      </Popover>
    </div>
  );
}

import { Hand, Inbox, Lasso, Maximize, Minus, Plus, Table2 } from 'lucide-react';
import { memo, useMemo } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { wholeLimit } from '@/sync/result.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { ColorDot } from '@/ui/OptionChip.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { legendOf, tintOf } from './color.ts';
import css from './Strip.module.css';
import type { Matrix } from './use-matrix.ts';
import { zoomBy } from './use-plot-keys.ts';

const mostColors = 8;

interface StripProps {
  matrix: Matrix;
  /** The table is shown instead of the picture. */
  table: boolean;
  onTable: (table: boolean) => void;
  tray: boolean;
  /** Absent where every idea has a place. */
  onTray?: (tray: boolean) => void;
}

/** Above the plot: the tray, what colours and sizes mean, what is brought together, and the tools. */
export function Strip({ matrix, table, onTable, tray, onTray }: StripProps) {
  const { plotted, tool, setTool, view } = matrix;
  return (
    <div className={css.strip}>
      {onTray && (
        <Button tone="ghost" icon={Inbox} aria-pressed={tray} onClick={() => onTray(!tray)}>
          {t('matrix.tray', { n: plotted.missing.length })}
        </Button>
      )}
      <Legend plan={matrix.plan} plotted={plotted} shown={matrix.shown} />
      {!table && <Note matrix={matrix} />}
      <div className={css.tools} role="toolbar" aria-label={t('matrix.tools')}>
        {!table && (
          <>
            <Segments
              label={t('matrix.tool')}
              iconOnly
              options={[
                { value: 'lasso', label: t('matrix.tool.lasso'), icon: Lasso },
                { value: 'pan', label: t('matrix.tool.pan'), icon: Hand },
              ]}
              value={tool}
              onValueChange={setTool}
            />
            <IconButton
              label={t('matrix.zoomOut')}
              icon={Minus}
              disabled={view.zoom <= 1}
              onClick={() => zoomBy(matrix, 1 / 1.5)}
            />
            <IconButton label={t('matrix.zoomIn')} icon={Plus} onClick={() => zoomBy(matrix, 1.5)} />
            <IconButton
              label={t('matrix.zoomAll')}
              icon={Maximize}
              disabled={view.zoom <= 1}
              onClick={() => zoomBy(matrix, 0)}
            />
          </>
        )}
        <IconButton
          label={t(table ? 'matrix.readingOff' : 'matrix.reading')}
          icon={Table2}
          pressed={table}
          onClick={() => onTable(!table)}
        />
      </div>
    </div>
  );
}

/** What is shown as one, or not at all. */
function Note({ matrix }: { matrix: Matrix }) {
  const { scene, props } = matrix;
  const { total } = props.result.state;
  const parts = [
    ...(total > wholeLimit
      ? [t('matrix.limited', { n: formatNumber(wholeLimit), total: formatNumber(total) })]
      : []),
    ...(scene.dense
      ? [
          t('matrix.dense', {
            n: formatNumber(scene.spots.length),
            marks: formatNumber(scene.marks.length),
          }),
        ]
      : scene.gathered > 0
        ? [t('matrix.piled', { n: scene.gathered })]
        : []),
  ];
  if (parts.length === 0) return null;
  const text = parts.join(' ');
  return (
    <span className={css.note} title={text}>
      {text}
    </span>
  );
}

const Legend = memo(function Legend({ plan, plotted, shown }: Pick<Matrix, 'plan' | 'plotted' | 'shown'>) {
  const { person } = useProject();
  const { color, size } = plan;
  const entries = useMemo(
    () =>
      color
        ? legendOf(plotted.points.map((point) => tintOf(color, shown(point.row, color.ref), person)))
        : [],
    [color, plotted.points, shown, person],
  );
  if (!color && !size) return null;
  const colored = entries.reduce((sum, entry) => sum + entry.count, 0);
  const rest = plotted.points.length - colored;
  return (
    <div className={css.legend}>
      {size && <span className={css.legendSize}>{t('matrix.legend.size', { field: size.name })}</span>}
      {color && (
        <ul className={css.legendList} aria-label={t('matrix.legend', { field: color.name })}>
          {entries.slice(0, mostColors).map((entry) => (
            <li key={entry.label} className={css.legendEntry}>
              <ColorDot color={entry.color} />
              {entry.label}
            </li>
          ))}
          {rest > 0 && (
            <li className={css.legendEntry}>
              <span className={css.plainDot} />
              {t('matrix.legend.none', { field: color.name })}
            </li>
          )}
          {entries.length > mostColors && (
            <li className={css.legendEntry}>{t('matrix.legend.more', { n: entries.length - mostColors })}</li>
          )}
        </ul>
      )}
    </div>
  );
});

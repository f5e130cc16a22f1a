import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { rollupName, rollupText } from '../shared/rollups.ts';
import type { GridColumn, PlacedColumn } from './columns.ts';
import frame from './Grid.module.css';
import css from './GridFooter.module.css';
import { useRollupMenu } from './use-column-menu.ts';
import type { Grid } from './use-grid.ts';

/** Props of GridFooter. */
export interface GridFooterProps {
  grid: Grid;
  columns: readonly PlacedColumn[];
  width: number;
  frozen: number;
}

/** The totals: how many ideas, and each column's summary with the menu to choose it. */
export function GridFooter({ grid, columns, width, frozen }: GridFooterProps) {
  const { status, total } = grid.props.result.state;
  return (
    <div
      className={frame.footer}
      role="row"
      aria-rowindex={grid.layout.count + 2}
      tabIndex={-1}
      style={{ inlineSize: width }}
    >
      <div className={frame.frozen} style={{ inlineSize: frozen }}>
        <div role="gridcell" tabIndex={-1} className={css.total}>
          {status === 'ready' ? t('list.count', { n: total }) : t('list.loading')}
        </div>
      </div>
      {columns.map(({ column, start }) => (
        <Summary key={column.field.ref} grid={grid} column={column} start={start} />
      ))}
    </div>
  );
}

function Summary({ grid, column, start }: { grid: Grid; column: GridColumn; start: number }) {
  const { field: byRef } = useProject();
  const items = useRollupMenu(grid, column);
  const value = grid.props.result.state.rollups.find((rollup) => rollup.field === column.field.ref);
  const { field } = column;
  return (
    <div
      role="gridcell"
      tabIndex={-1}
      className={css.summary}
      data-align={column.type.align}
      style={{ inlineSize: column.width, insetInlineStart: start }}
    >
      <Menu
        side="top"
        items={items}
        trigger={
          <button
            type="button"
            tabIndex={-1}
            className={css.summaryButton}
            data-set={value !== undefined || undefined}
            aria-label={value ? undefined : t('list.rollup.add', { field: field.name })}
          >
            {value ? (
              <>
                <span className={css.op}>{t(`list.rollup.${rollupName(value.op)}`)}</span>{' '}
                <span className={css.value}>{rollupText(value, byRef(value.field))}</span>
              </>
            ) : (
              <span className={css.hint} aria-hidden="true">
                {t('list.column.summary')}
              </span>
            )}
          </button>
        }
      />
    </div>
  );
}

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, memo, useState } from 'react';
import { usePainted } from '@/lib/first-paint.ts';
import { t } from '@/lib/i18n.ts';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { tickAll, untick } from '../shared/sheet/selection.ts';
import type { GridColumn, PlacedColumn } from './columns.ts';
import frame from './Grid.module.css';
import css from './GridHeader.module.css';
import { useColumnDrag } from './use-column-drag.ts';
import { useColumnMenu } from './use-column-menu.ts';
import type { Grid } from './use-grid.ts';
import { heading } from './use-grid-keys.ts';

/** Props of GridHeader. */
export interface GridHeaderProps {
  grid: Grid;
  columns: readonly PlacedColumn[];
  width: number;
  gutter: number;
  height: number;
}

/** The names of the columns, with what can be done to each. */
export function GridHeader({ grid, columns, width, gutter, height }: GridHeaderProps) {
  const { state, cells } = grid;
  const title = grid.columns[0];
  const { total } = grid.props.result.state;
  const count = state.all ? total : state.selected.size;
  const painted = usePainted();
  return (
    <div
      className={frame.header}
      role="row"
      aria-rowindex={1}
      tabIndex={-1}
      style={{ inlineSize: width, blockSize: height }}
      onKeyDownCapture={headingKey}
    >
      <div className={frame.frozen}>
        <div
          className={frame.gutter}
          role="columnheader"
          tabIndex={-1}
          aria-colindex={1}
          style={{ inlineSize: gutter }}
        >
          <span className={css.tickAll}>
            {painted && (
              <Checkbox
                checked={count > 0 && count === total}
                indeterminate={count > 0 && count < total}
                tabIndex={-1}
                aria-label={t('list.selectAll')}
                onCheckedChange={() =>
                  grid.setState((last) =>
                    count > 0
                      ? untick(last)
                      : tickAll(
                          last,
                          cells.window.loaded().map(({ row }) => row.id),
                        ),
                  )
                }
              />
            )}
          </span>
        </div>
        {title && <Heading grid={grid} column={title} index={0} />}
      </div>
      {columns.map(({ column, index, start }) => (
        <Heading key={column.field.ref} grid={grid} column={column} index={index} start={start} />
      ))}
    </div>
  );
}

/** Keys among the headings: sideways to the next, down or Esc back to the ideas; Enter opens the menu by itself. */
function headingKey(event: KeyboardEvent<HTMLElement>): void {
  const grid = event.currentTarget.closest<HTMLElement>('[role="grid"]');
  const here = event.target instanceof Element ? event.target.closest('[role="columnheader"]') : null;
  // Keys of a heading's menu come here as well, from outside of the heading.
  if (!grid || !here || !event.currentTarget.contains(here)) return;
  const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (side !== undefined) heading(grid, Number(here.getAttribute('aria-colindex')) - 2 + side)?.focus();
  else if (event.key === 'ArrowDown' || event.key === 'Escape') grid.focus({ preventScroll: true });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

interface HeadingProps {
  grid: Grid;
  column: GridColumn;
  index: number;
  start?: number;
}

const Heading = memo(function Heading({ grid, column, index, start }: HeadingProps) {
  const { field, type, width } = column;
  const { query } = grid.props.definition;
  const sort = query.sort?.find((key) => key.field === field.ref);
  const menu = useColumnMenu(grid, column);
  const [open, setOpen] = useState(false);
  const painted = usePainted();
  const { header, edge, over } = useColumnDrag(grid, column);
  const name = (
    <button
      type="button"
      tabIndex={-1}
      className={css.headingButton}
      onClick={() => setOpen(true)}
      data-align={type.align}
      title={field.description}
      aria-label={t('list.column.menu', { field: field.name })}
    >
      <Icon of={type.icon} size={14} />
      <span className={css.headingName}>{field.name}</span>
      {sort && <Icon of={sort.desc ? ArrowDown : ArrowUp} size={12} className={css.sortMark} />}
    </button>
  );
  return (
    <div
      ref={header}
      role="columnheader"
      tabIndex={-1}
      aria-colindex={index + 2}
      aria-sort={sort ? (sort.desc ? 'descending' : 'ascending') : undefined}
      className={css.heading}
      data-title={index === 0 || undefined}
      data-over={over || undefined}
      style={{ inlineSize: width, insetInlineStart: start }}
    >
      {painted ? (
        <Menu
          items={menu}
          open={open}
          // A menu that opens when the pointer goes down would make dragging impossible: the click opens it.
          onOpenChange={(next) => {
            if (!next) setOpen(false);
          }}
          trigger={name}
        />
      ) : (
        name
      )}
      <div ref={edge} className={css.edge} aria-hidden="true" />
    </div>
  );
});

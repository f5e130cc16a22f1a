import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { canEnterGroups, groupingsOf, valueInGroup } from '../shared/groups.ts';
import { rangeOf } from '../shared/sheet/selection.ts';
import { AddRow } from './AddRow.tsx';
import { GridRow, type RowHandlers } from './GridRow.tsx';
import { GroupRow } from './GroupRow.tsx';
import type { Item } from './layout.ts';
import type { Grid } from './use-grid.ts';
import type { GridView } from './use-grid-view.ts';
import type { ListSpreads } from './use-spreads.ts';

/** Props of Lines. */
export interface LinesProps {
  grid: Grid;
  view: GridView;
  prefix: string;
  height: number;
  frozen: number;
  handlers: RowHandlers;
  spreads: ListSpreads;
}

/** The lines of the grid that are near the visible part. */
export function Lines({ grid, view, prefix, height, frozen, handlers, spreads }: LinesProps) {
  const { project, field, session } = useProject();
  const { state, layout, columns, props } = grid;
  const { active, editing, selected, all } = state;
  const range = rangeOf(state);
  const groups = props.definition.query.group ?? [];
  const title = columns[0];

  const add = async (line: Item & { kind: 'add' }, name: string) => {
    const values: Record<string, unknown> = {};
    groupingsOf(groups, field).forEach((grouping, at) => {
      const key = line.keys[at] ?? null;
      if (canEnterGroups(grouping.field) && key !== null)
        values[grouping.field.ref] = valueInGroup(grouping, key);
    });
    const idea = await session.add({ title: name, values });
    if (idea) grid.say(t('list.added', { key: idea.key }));
    return idea !== undefined;
  };
  const rowAt = (index: number, path: string) => {
    const line = layout.at(index);
    return line?.kind === 'row' && line.path === path ? grid.cells.window.row(line.position)?.id : undefined;
  };
  const beside = (index: number, path: string) => ({
    above: rowAt(index - 1, path),
    below: rowAt(index + 1, path),
  });
  return view.items.map(({ index, start }) => {
    const line = layout.at(index);
    const id = `${prefix}-${index}`;
    const place = { id, item: index, top: start, height, width: view.width };
    const here = active?.item === index;
    if (!line || !title) return null;
    if (line.kind === 'group') {
      return (
        <GroupRow
          key={`group ${line.path}`}
          {...place}
          group={line.group}
          level={line.level}
          collapsed={line.collapsed}
          field={field(groups[line.level]?.field ?? '')}
          columns={view.columns}
          active={here}
          onToggle={() => grid.toggleGroup(line.path)}
        />
      );
    }
    if (line.kind === 'add') {
      return (
        <AddRow
          key={`add ${line.path}`}
          {...place}
          frozen={frozen}
          label={line.label}
          active={here}
          editing={here ? editing : null}
          onStart={() => {
            grid.go({ item: index, column: 0 });
            grid.edit();
          }}
          onAdd={(name) => add(line, name)}
          onCancel={handlers.cancel}
        />
      );
    }
    const row = grid.cells.window.row(line.position);
    const ranged = range && state.anchor && range.top <= index && index <= range.bottom;
    return (
      <GridRow
        // The place in the order names a line that is not loaded yet; an idea may stand in several groups.
        key={row ? `${line.path} ${row.id}` : `at ${line.position}`}
        {...place}
        position={line.position}
        row={row}
        title={title}
        columns={view.columns}
        active={here ? active.column : -1}
        range={ranged ? `${range.left}-${range.right}` : ''}
        editing={here ? editing : null}
        selected={row !== undefined && (all || selected.has(row.id))}
        open={row !== undefined && props.openIdea === `${project.key}-${row.number}`}
        canDrag={project.role === 'editor' || project.role === 'admin'}
        handlers={handlers}
        spreads={row && spreads.rows.get(row.id)}
        scales={spreads.scales}
        mark={row && props.marks?.at(row.id, beside(index, line.path))}
      />
    );
  });
}

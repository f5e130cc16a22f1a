import { useProject } from '@/sync/project.tsx';
import { GroupRow } from './GroupRow.tsx';
import css from './StickyGroups.module.css';
import type { Grid } from './use-grid.ts';
import type { GridView } from './use-grid-view.ts';

/** Props of StickyGroups. */
export interface StickyGroupsProps {
  grid: Grid;
  view: GridView;
  height: number;
  top: number;
}

/** The headings of the groups that the topmost visible line belongs to, kept in sight while their ideas scroll by. */
export function StickyGroups({ grid, view, height, top }: StickyGroupsProps) {
  const { field } = useProject();
  const groups = grid.props.definition.query.group ?? [];
  const line = grid.layout.at(view.first);
  if (groups.length === 0 || !line) return null;
  const above = grid.layout
    .above(view.first)
    .filter(({ index }) => index < view.first || line.kind !== 'group');
  if (above.length === 0) return null;
  return (
    <div className={css.sticky} style={{ insetBlockStart: top }} aria-hidden="true">
      {above.map(({ item }, level) => (
        <GroupRow
          key={item.path}
          id={`sticky-${item.path}`}
          item={-1}
          group={item.group}
          level={item.level}
          collapsed={item.collapsed}
          field={field(groups[item.level]?.field ?? '')}
          top={level * height}
          height={height}
          width={view.width}
          columns={view.columns}
          active={false}
          onToggle={() => grid.toggleGroup(item.path)}
        />
      ))}
    </div>
  );
}

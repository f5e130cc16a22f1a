import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, ViewGroup } from '@/sync/types.ts';
import { OptionChip } from '@/ui/OptionChip.tsx';
import { FoldButton } from '../shared/FoldButton.tsx';
import { groupColor, groupLabel } from '../shared/groups.ts';
import { rollupName, rollupText } from '../shared/rollups.ts';
import type { PlacedColumn } from './columns.ts';
import footer from './GridFooter.module.css';
import css from './GroupRow.module.css';

/** Props of GroupRow. */
export interface GroupRowProps {
  id: string;
  item: number;
  group: ViewGroup;
  level: number;
  collapsed: boolean;
  field: FieldInfo | undefined;
  top: number;
  height: number;
  width: number;
  columns: readonly PlacedColumn[];
  active: boolean;
  onToggle: () => void;
}

/** The heading of a group, with its count and roll-ups under the columns they are of. */
export function GroupRow(props: GroupRowProps) {
  const { id, item, group, level, collapsed, field, top, height, width, columns, active, onToggle } = props;
  const { field: byRef } = useProject();
  const label = groupLabel(group, field);
  const color = groupColor(group.key, field);
  return (
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={item + 2}
      className={css.row}
      style={{ transform: `translateY(${top}px)`, blockSize: height, inlineSize: width }}
      data-item={item}
      data-level={level}
      data-active={active || undefined}
    >
      <div
        id={`${id}-0`}
        role="rowheader"
        aria-colindex={1}
        aria-expanded={!collapsed}
        tabIndex={-1}
        className={css.head}
      >
        <FoldButton group={label} open={!collapsed} tabIndex={-1} onClick={onToggle} />
        {color ? <OptionChip label={label} color={color} /> : <strong className={css.label}>{label}</strong>}
        <span className={css.count}>{t('list.count', { n: group.count })}</span>
      </div>
      {columns.map(({ column, index, start }) => {
        const rollup = group.rollups?.find((each) => each.field === column.field.ref);
        if (!rollup) return null;
        return (
          <div
            key={column.field.ref}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={index + 2}
            className={footer.rollup}
            data-align={column.type.align}
            style={{ inlineSize: column.width, insetInlineStart: start }}
          >
            <span className={footer.op}>{t(`list.rollup.${rollupName(rollup.op)}`)}</span>{' '}
            {rollupText(rollup, byRef(rollup.field))}
          </div>
        );
      })}
    </div>
  );
}

import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  EyeOff,
  FoldHorizontal,
  Layers,
  Sigma,
  UnfoldHorizontal,
  X,
} from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import type { Rollup } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';
import type { MenuEntry } from '@/ui/Menu.tsx';
import { rollupName, rollupOps, withRollup } from '../shared/rollups.ts';
import { type GridColumn, widths, withMoved, withWidth } from './columns.ts';
import type { Grid } from './use-grid.ts';

/** The summaries of a column as entries of a menu. */
export function useRollupMenu(grid: Grid, column: GridColumn): MenuEntry[] {
  const facts = useFieldTypes().get(column.field.type);
  const { definition, onChange } = grid.props;
  const rollups: readonly Rollup[] = definition.query.rollups ?? [];
  const current = rollups.find((rollup) => rollup.field === column.field.ref)?.op;
  const ops = [undefined, ...rollupOps(column.field, facts?.numeric ?? false)];
  return ops.map((op) => ({
    id: op ?? 'none',
    label: op === undefined ? t('list.rollup.none') : t(`list.rollup.${rollupName(op)}`),
    checked: op === current,
    onSelect: () =>
      onChange({ query: { ...definition.query, rollups: withRollup(rollups, column.field.ref, op) } }),
  }));
}

/** What can be done to a column. */
export function useColumnMenu(grid: Grid, column: GridColumn): MenuEntry[] {
  const { definition, onChange } = grid.props;
  const { field, width } = column;
  const { query } = definition;
  const columns = definition.columns ?? [];
  const facts = useFieldTypes().get(field.type);
  const rollups = useRollupMenu(grid, column);
  const sort = query.sort?.find((key) => key.field === field.ref);
  const grouped = query.group?.some((group) => group.field === field.ref) ?? false;
  const own = columns.filter((each) => each.field !== 'title');
  const at = own.findIndex((each) => each.field === field.ref);
  const sortBy = (desc: boolean) =>
    onChange({ query: { ...query, sort: [desc ? { field: field.ref, desc } : { field: field.ref }] } });
  const resize = (by: number) => onChange({ columns: withWidth(columns, field.ref, width + by) });
  const canGroup = (facts?.groupable ?? false) && !['title', 'key'].includes(field.ref);
  const groupBy = () =>
    onChange({
      query: {
        ...query,
        group: grouped
          ? (query.group ?? []).filter((group) => group.field !== field.ref)
          : [{ field: field.ref }],
      },
    });
  const entries: (MenuEntry | false)[] = [
    {
      id: 'asc',
      label: t('list.column.sortAsc'),
      icon: ArrowUp,
      checked: sort ? !sort.desc : undefined,
      onSelect: () => sortBy(false),
    },
    {
      id: 'desc',
      label: t('list.column.sortDesc'),
      icon: ArrowDown,
      checked: sort?.desc ? true : undefined,
      onSelect: () => sortBy(true),
    },
    sort !== undefined && {
      id: 'unsort',
      label: t('list.column.unsort'),
      icon: X,
      onSelect: () =>
        onChange({ query: { ...query, sort: (query.sort ?? []).filter((key) => key.field !== field.ref) } }),
    },
    { kind: 'separator', id: 'line1' },
    canGroup && {
      id: 'group',
      label: t(grouped ? 'list.column.ungroup' : 'list.column.group'),
      icon: Layers,
      onSelect: groupBy,
    },
    { kind: 'submenu', id: 'summary', label: t('list.column.summary'), icon: Sigma, items: rollups },
    { kind: 'separator', id: 'line2' },
    at > 0 && {
      id: 'left',
      label: t('list.column.left'),
      icon: ArrowLeft,
      onSelect: () => onChange({ columns: withMoved(columns, field.ref, own[at - 1]?.field) }),
    },
    at >= 0 &&
      at < own.length - 1 && {
        id: 'right',
        label: t('list.column.right'),
        icon: ArrowRight,
        onSelect: () => onChange({ columns: withMoved(columns, field.ref, own[at + 2]?.field) }),
      },
    {
      id: 'wider',
      label: t('list.column.wider'),
      icon: UnfoldHorizontal,
      stay: true,
      onSelect: () => resize(widths.step),
    },
    {
      id: 'narrower',
      label: t('list.column.narrower'),
      icon: FoldHorizontal,
      stay: true,
      onSelect: () => resize(-widths.step),
    },
    at >= 0 && {
      id: 'hide',
      label: t('list.column.hide'),
      icon: EyeOff,
      onSelect: () => onChange({ columns: columns.filter((each) => each.field !== field.ref) }),
    },
  ];
  return entries.filter((entry): entry is MenuEntry => entry !== false);
}

import { ArrowDownUp, Columns3, Layers, ListFilter, Palette, SlidersHorizontal } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { countTests } from '@/fields/describe.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Query, View, ViewGroup } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import type { LucideIcon } from '@/ui/Icon.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { viewKind, viewKinds } from '@/views/registry.ts';
import { ColorsPanel } from './ColorsPanel.tsx';
import type { Draft } from './draft.ts';
import { FieldsPanel } from './FieldsPanel.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { SortPanel } from './SortPanel.tsx';
import type { ToolName } from './use-view-actions.ts';
import css from './view.module.css';
import { WhereField } from './WhereField.tsx';

/** Props of ViewTools. */
export interface ViewToolsProps {
  view: Pick<View, 'id'>;
  draft: Draft;
  /** The groups of the result. */
  groups: readonly ViewGroup[];
  /** The panel that is open. */
  open: ToolName | undefined;
  onOpen: (tool: ToolName | undefined) => void;
  /** Why the view has no result. */
  problem?: string;
}

interface ToolProps extends Pick<ViewToolsProps, 'open' | 'onOpen'> {
  name: ToolName;
  icon: LucideIcon;
  /** What is set, behind the label. */
  state?: string;
  children: ReactNode;
}

function Tool({ name, icon, state, open, onOpen, children }: ToolProps) {
  const label = t(`view.${name}`);
  return (
    <Popover
      label={label}
      open={open === name}
      onOpenChange={(next) => onOpen(next ? name : undefined)}
      trigger={
        <Button tone="ghost" icon={icon} className={css.tool} data-set={state ? '' : undefined}>
          <span className={css.toolText}>
            {label}
            {state && <span className={css.toolState}>{state}</span>}
          </span>
        </Button>
      }
    >
      {children}
    </Popover>
  );
}

const counted = (n: number) => (n > 0 ? formatNumber(n) : undefined);
const conditions = ({ filter, where }: Query) => (filter ? countTests(filter) : 0) + (where ? 1 : 0);

/** What shapes a view: its kind, filter, groups, order, fields and colours. */
export function ViewTools({ view, draft, groups, open, onOpen, problem }: ViewToolsProps) {
  const { field } = useProject();
  const { definition, change } = draft;
  const { query } = definition;
  const [columns, colors] = [definition.columns ?? [], definition.colors ?? []];
  const [group, sort] = [query.group ?? [], query.sort ?? []];
  const set = (part: Partial<Query>) => change({ query: { ...query, ...part } });
  const nameAll = (list: readonly { field: string }[]) =>
    list.map((each) => field(each.field)?.name ?? t('filter.goneField')).join(', ') || undefined;
  const shared = { open, onOpen };
  const { layout: LayoutPanel } = viewKind(definition.kind);
  return (
    <>
      {viewKinds.length > 1 && (
        <Segments
          className={css.kinds}
          label={t('view.kind')}
          options={viewKinds.map(({ kind, label, icon }) => ({ value: kind, label: t(label), icon }))}
          value={definition.kind}
          onValueChange={(kind) => change({ kind })}
        />
      )}
      {LayoutPanel && (
        <Tool {...shared} name="layout" icon={SlidersHorizontal}>
          <Suspense fallback={null}>
            <LayoutPanel definition={definition} onChange={change} />
          </Suspense>
        </Tool>
      )}
      <Tool {...shared} name="filter" icon={ListFilter} state={counted(conditions(query))}>
        <FilterPanel filter={query.filter} onFilterChange={(filter) => set({ filter })} />
        <WhereField
          where={query.where}
          onWhereChange={(where) => set({ where })}
          problem={query.where ? problem : undefined}
        />
      </Tool>
      <Tool {...shared} name="group" icon={Layers} state={nameAll(group)}>
        <GroupPanel groups={group} found={groups} onGroupsChange={(next) => set({ group: next })} />
      </Tool>
      <Tool
        {...shared}
        name="sort"
        icon={ArrowDownUp}
        state={nameAll(sort) ?? (query.rank ? t('view.sort.own') : undefined)}
      >
        <SortPanel
          sort={sort}
          rank={query.rank ?? ''}
          own={`r${view.id}`}
          onOrderChange={(next) => set(next)}
        />
      </Tool>
      <Tool {...shared} name="fields" icon={Columns3}>
        <FieldsPanel columns={columns} onColumnsChange={(next) => change({ columns: next })} />
      </Tool>
      <Tool
        {...shared}
        name="colors"
        icon={Palette}
        state={
          definition.colorBy?.field ? nameAll([{ field: definition.colorBy.field }]) : counted(colors.length)
        }
      >
        <ColorsPanel
          rules={colors}
          onRulesChange={(next) => change({ colors: next })}
          by={definition.colorBy ?? {}}
          onByChange={(next) => change({ colorBy: next })}
        />
      </Tool>
    </>
  );
}

import { ArrowDownUp, Columns3, Layers, ListFilter, Palette } from 'lucide-react';
import type { ReactNode } from 'react';
import { countTests } from '@/fields/describe.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import type { LucideIcon } from '@/ui/Icon.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { viewKinds } from '@/views/registry.ts';
import { ColorsPanel } from './ColorsPanel.tsx';
import type { Draft } from './draft.ts';
import { FieldsPanel } from './FieldsPanel.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { SortPanel } from './SortPanel.tsx';

interface ToolProps {
  icon: LucideIcon;
  label: string;
  /** What is set, behind the label. */
  state?: string;
  children: ReactNode;
}

function Tool({ icon, label, state, children }: ToolProps) {
  return (
    <Popover
      label={label}
      trigger={
        <Button tone="ghost" icon={icon}>
          {state ? `${label}: ${state}` : label}
        </Button>
      }
    >
      {children}
    </Popover>
  );
}

/** What shapes a view: its kind, filter, groups, order, fields and colours. */
export function ViewTools({ draft }: { draft: Draft }) {
  const { field } = useProject();
  const { definition, change } = draft;
  const { query } = definition;
  const name = (ref: string | undefined) => (ref === undefined ? undefined : (field(ref)?.name ?? ''));
  const tests = query.filter ? countTests(query.filter) : 0;
  const [sort] = query.sort ?? [];
  const colors = definition.colors?.length ?? 0;
  return (
    <>
      {viewKinds.length > 1 && (
        <Segments
          label={t('view.kind')}
          options={viewKinds.map(({ kind, label, icon }) => ({ value: kind, label: t(label), icon }))}
          value={definition.kind}
          onValueChange={(kind) => change({ kind })}
        />
      )}
      <Tool icon={ListFilter} label={t('view.filter')} state={tests > 0 ? String(tests) : undefined}>
        <FilterPanel
          filter={query.filter}
          onFilterChange={(filter) => change({ query: { ...query, filter } })}
        />
      </Tool>
      <Tool
        icon={Layers}
        label={t('view.group')}
        state={query.group?.map((group) => name(group.field)).join(', ')}
      >
        <GroupPanel
          groups={query.group ?? []}
          onGroupsChange={(group) => change({ query: { ...query, group } })}
        />
      </Tool>
      <Tool icon={ArrowDownUp} label={t('view.sort')} state={name(sort?.field)}>
        <SortPanel
          sort={query.sort ?? []}
          onSortChange={(next) => change({ query: { ...query, sort: next } })}
        />
      </Tool>
      <Tool icon={Columns3} label={t('view.fields')}>
        <FieldsPanel columns={definition.columns ?? []} onColumnsChange={(columns) => change({ columns })} />
      </Tool>
      <Tool icon={Palette} label={t('view.colors')} state={colors > 0 ? String(colors) : undefined}>
        <ColorsPanel rules={definition.colors ?? []} onRulesChange={(next) => change({ colors: next })} />
      </Tool>
    </>
  );
}

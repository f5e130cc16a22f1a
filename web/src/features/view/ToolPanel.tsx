import '@/lib/messages/later/project.ts';
import { type RefObject, Suspense } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Query } from '@/sync/types.ts';
import { Popover } from '@/ui/Popover.tsx';
import { viewKind } from '@/views/registry.ts';
import { FilterPanel } from '@/views/shared/query/FilterPanel.tsx';
import { ColorsPanel } from './ColorsPanel.tsx';
import { FieldsPanel } from './FieldsPanel.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { SortPanel } from './SortPanel.tsx';
import type { ToolName } from './use-view-actions.ts';
import type { ViewToolsProps } from './view-tools.ts';
import { WhereField } from './WhereField.tsx';

/** Props of ToolPanel. */
export interface ToolPanelProps extends ViewToolsProps {
  tool: ToolName;
  /** The tool's button. */
  anchor: RefObject<HTMLElement | null>;
}

/** The panel of a tool, beside its button. */
export default function ToolPanel(props: ToolPanelProps) {
  const { tool, anchor, onOpen } = props;
  return (
    <Popover
      label={t(`view.${tool}`)}
      open
      onOpenChange={(open) => {
        if (!open) onOpen(undefined);
      }}
      anchor={anchor}
      finalFocus={anchor}
    >
      <Content {...props} />
    </Popover>
  );
}

function Content({ tool, view, draft, groups, problem }: ToolPanelProps) {
  const { definition, change } = draft;
  const { query } = definition;
  const fields = useProject();
  const set = (part: Partial<Query>) => change({ query: { ...query, ...part } });
  switch (tool) {
    case 'layout': {
      const { layout: LayoutPanel } = viewKind(definition.kind);
      return (
        <Suspense fallback={null}>
          {LayoutPanel && <LayoutPanel definition={definition} onChange={change} />}
        </Suspense>
      );
    }
    case 'filter':
      return (
        <>
          <FilterPanel fields={fields} filter={query.filter} onFilterChange={(filter) => set({ filter })} />
          <WhereField
            where={query.where}
            onWhereChange={(where) => set({ where })}
            problem={query.where ? problem : undefined}
          />
        </>
      );
    case 'group':
      return (
        <GroupPanel
          groups={query.group ?? []}
          found={groups}
          onGroupsChange={(next) => set({ group: next })}
        />
      );
    case 'sort':
      return (
        <SortPanel
          sort={query.sort ?? []}
          rank={query.rank ?? ''}
          own={`r${view.id}`}
          onOrderChange={(next) => set(next)}
        />
      );
    case 'fields':
      return (
        <FieldsPanel
          columns={definition.columns ?? []}
          onColumnsChange={(next) => change({ columns: next })}
        />
      );
    case 'colors':
      return (
        <ColorsPanel
          rules={definition.colors ?? []}
          onRulesChange={(next) => change({ colors: next })}
          by={definition.colorBy ?? {}}
          onByChange={(next) => change({ colorBy: next })}
        />
      );
    default:
      return null;
  }
}

import { ArrowDownUp, Columns3, Layers, ListFilter, Palette, SlidersHorizontal } from 'lucide-react';
import { Suspense, useRef } from 'react';
import { countTests } from '@/fields/describe.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Query } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import type { LucideIcon } from '@/ui/Icon.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { viewKind, viewKinds } from '@/views/registry.ts';
import { ToolPanel } from './later.ts';
import type { ToolName } from './use-view-actions.ts';
import css from './view.module.css';
import type { ViewToolsProps } from './view-tools.ts';

interface ToolProps extends ViewToolsProps {
  name: ToolName;
  icon: LucideIcon;
  /** What is set, behind the label. */
  state?: string;
}

function Tool({ name, icon, state, ...props }: ToolProps) {
  const { open, onOpen } = props;
  const button = useRef<HTMLButtonElement>(null);
  const shown = open === name;
  // A press on the button closes the panel as a press outside of it: the click that follows must not open it again.
  const closing = useRef(false);
  return (
    <>
      <Button
        ref={button}
        tone="ghost"
        icon={icon}
        className={css.tool}
        data-set={state ? '' : undefined}
        aria-haspopup="dialog"
        aria-expanded={shown}
        data-popup-open={shown ? '' : undefined}
        onPointerDown={() => {
          closing.current = shown;
        }}
        onClick={() => {
          onOpen(closing.current || shown ? undefined : name);
          closing.current = false;
        }}
      >
        <span className={css.toolText}>
          {t(`view.${name}`)}
          {state && <span className={css.toolState}>{state}</span>}
        </span>
      </Button>
      {shown && (
        <Suspense>
          <ToolPanel {...props} tool={name} anchor={button} />
        </Suspense>
      )}
    </>
  );
}

const counted = (n: number) => (n > 0 ? formatNumber(n) : undefined);
const conditions = ({ filter, where }: Query) => (filter ? countTests(filter) : 0) + (where ? 1 : 0);

/** What shapes a view: its kind, filter, groups, order, fields and colours. */
export function ViewTools(props: ViewToolsProps) {
  const { field } = useProject();
  const { definition, change } = props.draft;
  const { query, colors = [] } = definition;
  const { group, sort } = query;
  const nameAll = (list: readonly { field: string }[] | null | undefined) =>
    list?.map((each) => field(each.field)?.name ?? t('filter.goneField')).join(', ') || undefined;
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
      {viewKind(definition.kind).layout && <Tool {...props} name="layout" icon={SlidersHorizontal} />}
      <Tool {...props} name="filter" icon={ListFilter} state={counted(conditions(query))} />
      <Tool {...props} name="group" icon={Layers} state={nameAll(group)} />
      <Tool
        {...props}
        name="sort"
        icon={ArrowDownUp}
        state={nameAll(sort) ?? (query.rank ? t('view.sort.own') : undefined)}
      />
      <Tool {...props} name="fields" icon={Columns3} />
      <Tool
        {...props}
        name="colors"
        icon={Palette}
        state={
          definition.colorBy?.field
            ? nameAll([{ field: definition.colorBy.field }])
            : counted(colors?.length ?? 0)
        }
      />
    </>
  );
}

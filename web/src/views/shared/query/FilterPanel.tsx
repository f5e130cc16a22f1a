import { FolderPlus, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { FilterValue } from '@/fields/FilterValue.tsx';
import { filterOp, initialOperand, operandShape } from '@/fields/filter-ops.ts';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import type { FieldInfo, Filter, Ref } from '@/sync/types.ts';
import { useFieldTypes } from '@/sync/use-views.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { Select } from '@/ui/Select.tsx';
import {
  comparedAs,
  type FilterNode,
  filterOf,
  type GroupMode,
  type GroupNode,
  type Ids,
  makeIds,
  type TestNode,
  treeOf,
  withNode,
} from './filter-tree.ts';
import css from './query.module.css';

const modes: readonly GroupMode[] = ['all', 'any', 'none', 'notAll'];
const deepest = 3;

/** Fields by which something is filtered or sorted. */
export interface Fields {
  /** Those that are offered. */
  allFields: readonly FieldInfo[];
  /** One by its reference, offered or not. */
  field: (ref: Ref) => FieldInfo | undefined;
}

/** Props of FilterPanel. */
export interface FilterPanelProps {
  /** What can be compared. */
  fields: Fields;
  filter: Filter | undefined;
  onFilterChange: (filter: Filter) => void;
}

/** Builds a filter: conditions on any field, in groups that hold for all, any or none of their parts. */
export function FilterPanel({ fields, filter, onFilterChange }: FilterPanelProps) {
  const { field, allFields } = fields;
  const [ids] = useState(makeIds);
  const [root, setRoot] = useState(() => {
    const tree = treeOf(filter, ids);
    return tree.children.length > 0 ? tree : { ...tree, children: [blank(ids, allFields)] };
  });
  const change = (next: GroupNode) => {
    setRoot(next);
    const made = filterOf(next, (ref) => comparedAs(field(ref)));
    if (JSON.stringify(made) !== JSON.stringify(filter ?? {})) onFilterChange(made);
  };
  return (
    <div className={css.panel}>
      <GroupEditor
        node={root}
        depth={0}
        ids={ids}
        fields={fields}
        onChange={(next) => {
          if (next?.kind === 'group') change(next);
        }}
      />
    </div>
  );
}

function blank(ids: Ids, fields: readonly FieldInfo[]): TestNode {
  const first = fields.find((field) => field.ref === 'title') ?? fields[0];
  return { kind: 'test', id: ids.next(), field: first?.ref ?? 'title', op: 'contains', value: undefined };
}

interface EditorProps<T extends FilterNode> {
  node: T;
  depth: number;
  ids: Ids;
  fields: Fields;
  /** undefined removes it. */
  onChange: (node: FilterNode | undefined) => void;
}

function GroupEditor({ node, depth, ids, fields, onChange }: EditorProps<GroupNode>) {
  const { allFields } = fields;
  const add = (child: FilterNode) => onChange({ ...node, children: [...node.children, child] });
  return (
    <div className={css.group} role="group" aria-label={t(`filter.mode.${node.mode}`)}>
      <div className={css.groupHead}>
        <Select
          aria-label={t('filter.mode')}
          options={modes.map((mode) => ({ value: mode, label: t(`filter.mode.${mode}`) }))}
          value={node.mode}
          onValueChange={(mode) => onChange({ ...node, mode })}
        />
        {depth > 0 && (
          <IconButton
            label={t('filter.removeGroup')}
            icon={X}
            size="tiny"
            onClick={() => onChange(undefined)}
          />
        )}
      </div>
      {node.children.map((child) => {
        const props = {
          depth: depth + 1,
          ids,
          fields,
          onChange: (next: FilterNode | undefined) => onChange(withNode(node, child.id, () => next)),
        };
        return child.kind === 'group' ? (
          <GroupEditor key={child.id} node={child} {...props} />
        ) : (
          <TestEditor key={child.id} node={child} {...props} />
        );
      })}
      <div className={css.foot}>
        <Button tone="ghost" icon={Plus} onClick={() => add(blank(ids, allFields))}>
          {t('filter.addTest')}
        </Button>
        {depth < deepest && (
          <Button
            tone="ghost"
            icon={FolderPlus}
            onClick={() =>
              add({ kind: 'group', id: ids.next(), mode: 'any', children: [blank(ids, allFields)] })
            }
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

function TestEditor({ node, fields, onChange }: EditorProps<TestNode>) {
  const { field: byRef, allFields } = fields;
  const facts = useFieldTypes();
  const field = byRef(node.field);
  const type = comparedAs(field);
  const operators = (type && facts.get(type)?.operators) ?? [];
  const op = filterOp(node.op);
  const choose = (ref: string | null) => {
    const next = ref === null ? undefined : byRef(ref);
    if (!next) return;
    const nextType = comparedAs(next);
    const ops = facts.get(nextType)?.operators ?? [];
    const kept = filterOp(ops.includes(node.op) ? node.op : ops[0]);
    if (!kept) return;
    const shape = operandShape(kept, nextType);
    const same = field && type === nextType && field.options === next.options;
    onChange({ ...node, field: next.ref, op: kept, value: same ? node.value : initialOperand(shape) });
  };
  const compare = (name: string) => {
    const next = filterOp(name);
    if (!next || !type) return;
    const shape = operandShape(next, type);
    const same = op !== undefined && operandShape(op, type) === shape;
    onChange({ ...node, op: next, value: same ? node.value : initialOperand(shape) });
  };
  return (
    <div className={css.test}>
      <Combobox
        className={css.testField}
        label={t('filter.field')}
        options={allFields.map((each) => ({ value: each.ref, label: each.name, icon: typeOf(each).icon }))}
        value={node.field}
        onValueChange={choose}
      />
      <Select
        className={css.testOp}
        aria-label={t('filter.operator')}
        options={operators.flatMap((name) => {
          const known = filterOp(name);
          return known ? { value: known, label: t(`filter.op.${known}`) } : [];
        })}
        value={op ?? null}
        onValueChange={compare}
      />
      <span className={css.testValue}>
        {field && op && (
          <FilterValue
            field={field}
            op={op}
            value={node.value}
            onValueChange={(value) => onChange({ ...node, value })}
          />
        )}
      </span>
      <IconButton label={t('filter.removeTest')} icon={X} size="tiny" onClick={() => onChange(undefined)} />
    </div>
  );
}

import { ChevronDown, ChevronRight } from 'lucide-react';
import type { CSSProperties, MouseEvent } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { ChangeMark, useChangeOf } from '../shared/change-marks.tsx';
import { Edited, useEdited } from '../shared/presence/Edited.tsx';
import { CardFace, FieldLine, TypeMark } from './CardFace.tsx';
import { countBelow } from './model.ts';
import { NodeMenu } from './NodeMenu.tsx';
import css from './tree.module.css';
import type { Carried } from './use-drag.ts';
import type { Moves } from './use-moves.ts';
import type { Tree } from './use-tree.ts';

/** Props of Node. */
export interface NodeProps {
  tree: Tree;
  moves: Moves;
  carried: Carried | undefined;
  /** The node's number. */
  index: number;
  style: CSSProperties;
}

/** The element of an idea, for assistive technology and popups. */
export function nodeId(id: number): string {
  return `tree-node-${id}`;
}

/** What a card says of itself to the eye: chosen, carried, about to receive. */
function marks({ tree, carried, index }: NodeProps) {
  const node = tree.model.nodes[index];
  const id = node?.id ?? 0;
  const target = carried?.target;
  const aimed = target && target.kind !== 'out' && target.idea === id ? target.kind : undefined;
  return {
    'data-muted': node?.muted || undefined,
    'data-active': tree.active === id || undefined,
    'data-selected': tree.selected.has(id) || undefined,
    'data-open': tree.props.openIdea === tree.keyOf(id) || undefined,
    'data-lifted': carried?.ids.includes(id) || undefined,
    'data-aim': aimed,
    'data-refused': (aimed && carried?.refused !== undefined) || undefined,
  };
}

/** One idea: a card of the drawing, or a row of the outline. */
export function Node(props: NodeProps) {
  const { tree, moves, index, style } = props;
  const { model, folded, selected } = tree;
  const node = model.nodes[index];
  const changed = useChangeOf(node?.id)?.words;
  const edited = useEdited(node?.id);
  if (!node) return null;
  const { id, parent } = node;
  const siblings = parent < 0 ? model.roots : (model.nodes[parent]?.children ?? []);
  const branch = node.children.length > 0;
  const shut = folded.has(id);
  const row = tree.row(id);
  const name = t(node.muted ? 'tree.nodeMuted' : 'tree.node', {
    key: tree.keyOf(id),
    name: tree.titleOf(id),
    type: tree.typeOf(id)?.name ?? t('tree.noType'),
  });
  const onClick = (event: MouseEvent) => {
    tree.setActive(id);
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      tree.choose(id);
      return;
    }
    if (selected.size > 0) tree.setSelected(new Set());
    if (row) tree.props.onOpen(tree.keyOf(id));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around takes the keys of all its items
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names its active item
    <div
      id={nodeId(id)}
      role="treeitem"
      aria-level={node.depth + 1}
      aria-posinset={siblings.indexOf(index) + 1}
      aria-setsize={siblings.length}
      aria-expanded={branch ? !shut : undefined}
      aria-selected={selected.has(id)}
      aria-label={[name, changed].filter(Boolean).join(', ')}
      aria-describedby={edited === '' ? undefined : `${nodeId(id)}-edited`}
      className={tree.outline ? css.outlineRow : css.card}
      style={style}
      data-idea={id}
      data-option-color={row?.color}
      data-colored={row?.color ? '' : undefined}
      {...marks(props)}
      onClick={onClick}
    >
      <ChangeMark idea={id} />
      <Edited idea={id} id={`${nodeId(id)}-edited`} now={edited} />
      {tree.outline ? <RowFace tree={tree} index={index} /> : <CardFace tree={tree} id={id} />}
      {branch && (
        <button
          type="button"
          tabIndex={-1}
          className={css.fold}
          aria-label={t(shut ? 'tree.unfold' : 'tree.fold', { name: tree.titleOf(id) })}
          onClick={(event) => {
            event.stopPropagation();
            tree.toggle(id);
          }}
        >
          {shut && !tree.outline ? (
            formatNumber(countBelow(model, index))
          ) : (
            <Icon of={shut ? ChevronRight : ChevronDown} size={12} />
          )}
        </button>
      )}
      {/* biome-ignore lint/a11y: a click on the menu is none on the card */}
      <span className={css.menu} onClick={(event) => event.stopPropagation()}>
        <NodeMenu tree={tree} moves={moves} id={id} />
      </span>
    </div>
  );
}

function RowFace({ tree, index }: { tree: Tree; index: number }) {
  const id = tree.model.nodes[index]?.id ?? 0;
  const row = tree.row(id);
  return (
    <>
      <TypeMark tree={tree} id={id} short />
      <span className={css.key}>{row ? tree.keyOf(id) : ''}</span>
      <span className={css.rowTitle}>{tree.titleOf(id)}</span>
      {tree.folded.has(id) && (
        <span className={css.hidden}>{formatNumber(countBelow(tree.model, index))}</span>
      )}
      <span className={css.rowFields}>
        {row && tree.fields.map((field) => <FieldLine key={field.ref} field={field} row={row} bare />)}
      </span>
    </>
  );
}

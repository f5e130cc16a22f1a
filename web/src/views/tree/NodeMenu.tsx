import {
  ArrowDown,
  ArrowUp,
  CornerLeftUp,
  Ellipsis,
  PanelRight,
  Plus,
  SquareCheck,
  Unlink,
} from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import type { Moves } from './use-moves.ts';
import type { Tree } from './use-tree.ts';

/** What can be done with an idea of the tree. */
export function NodeMenu({ tree, moves, id }: { tree: Tree; moves: Moves; id: number }) {
  const placed = (tree.model.nodes[tree.model.at.get(id) ?? -1]?.parent ?? -1) >= 0;
  const items: MenuEntry[] = [
    {
      id: 'open',
      label: t('tree.open'),
      icon: PanelRight,
      shortcut: 'Enter',
      onSelect: () => tree.props.onOpen(tree.keyOf(id)),
    },
    {
      id: 'select',
      label: t(tree.selected.has(id) ? 'tree.unselect' : 'tree.select'),
      icon: SquareCheck,
      shortcut: 'Space',
      onSelect: () => tree.choose(id),
    },
  ];
  if (tree.mayAdd)
    items.push({
      id: 'add',
      label: t('tree.addChild'),
      icon: Plus,
      shortcut: 'A',
      onSelect: () => tree.setAdding(id),
    });
  if (tree.mayEdit) {
    items.push(
      { kind: 'separator', id: 'line' },
      {
        id: 'place',
        label: t('tree.moveTo'),
        icon: CornerLeftUp,
        shortcut: 'M',
        onSelect: () => tree.setPlacing(moves.meant(id)),
      },
    );
    if (tree.model.at.has(id))
      items.push(
        {
          id: 'up',
          label: t('tree.moveUp'),
          icon: ArrowUp,
          shortcut: 'Alt+ArrowUp',
          onSelect: () => moves.step(id, 'up'),
        },
        {
          id: 'down',
          label: t('tree.moveDown'),
          icon: ArrowDown,
          shortcut: 'Alt+ArrowDown',
          onSelect: () => moves.step(id, 'down'),
        },
      );
    if (placed)
      items.push({
        id: 'out',
        label: t('tree.takeOut'),
        icon: Unlink,
        onSelect: () => moves.put(moves.meant(id), { kind: 'out' }),
      });
  }
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <IconButton
          tabIndex={-1}
          size="tiny"
          label={t('tree.more', { name: tree.titleOf(id) })}
          icon={Ellipsis}
        />
      }
    />
  );
}

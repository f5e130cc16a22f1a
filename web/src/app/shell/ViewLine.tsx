import { ArrowDown, ArrowUp, Copy, Ellipsis, Folder, Lock, Star, StarOff } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import { viewIcon } from '@/features/view/icons.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { holdersOf, stepOf } from '@/sync/sidebar.ts';
import type { View } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { emojiOf } from './model.ts';
import { NavLink } from './NavLink.tsx';
import css from './Sidebar.module.css';
import type { TreeContext } from './tree-context.ts';
import { type Drop, useTreeDrag } from './use-tree-drag.ts';

/** Props of ViewLine. */
export interface ViewLineProps {
  view: View;
  context: TreeContext;
  /** It stands among the favourites. */
  favorite?: boolean;
}

/** A view in the sidebar: a link, a menu, and a place to drag from and to. */
export function ViewLine({ view, context, favorite }: ViewLineProps) {
  const { page, commands, mayArrange } = context;
  const [path] = useLocation();
  const href = paths.view(page.key, view.id);
  const kind = favorite ? 'favorite' : 'view';
  const sides: Drop[] = ['before', 'after'];
  const { line, over } = useTreeDrag<HTMLLIElement>({
    dragged: favorite || mayArrange ? { kind, id: view.id } : undefined,
    accepts: (what) => (what.kind === kind && what.id !== view.id ? sides : []),
    onDrop: (what, how) => {
      const to = how === 'before' ? { before: view.id } : { after: view.id };
      const moved = page.views?.find((each) => each.id === what.id);
      if (favorite) void commands.placeFavorite(what.id, to);
      else if (moved) void commands.place(moved, to);
    },
  });
  const step = useStep(view, context, favorite);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    step(event.key === 'ArrowUp' ? -1 : 1)?.();
  };
  const emoji = emojiOf(view.icon);
  return (
    <li ref={line} className={css.line} data-over={over}>
      <NavLink
        href={href}
        className={css.item}
        draggable={false}
        aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
        aria-keyshortcuts={mayArrange || favorite ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
        onKeyDown={onKeyDown}
      >
        {emoji ? (
          <span className={css.emoji} aria-hidden="true">
            {emoji}
          </span>
        ) : (
          <Icon of={viewIcon(view)} />
        )}
        <span className={css.label}>{view.name}</span>
        {view.locked && <Icon of={Lock} size={14} />}
      </NavLink>
      <span className={css.more}>
        <Menu
          align="end"
          trigger={
            <IconButton label={t('shell.tree.more', { name: view.name })} icon={Ellipsis} size="tiny" />
          }
          items={entriesOf(view, context, step)}
        />
      </span>
    </li>
  );
}

type Step = (by: 1 | -1) => (() => void) | undefined;

/** Moves the view by one line; undefined where it cannot. */
function useStep(view: View, { page, tree, commands, mayArrange }: TreeContext, favorite?: boolean): Step {
  return (by) => {
    if (favorite) {
      const list = page.favorites ?? [];
      const beside = list[list.indexOf(view.id) + by];
      if (beside === undefined) return undefined;
      return () => void commands.placeFavorite(view.id, by < 0 ? { before: beside } : { after: beside });
    }
    const to = mayArrange ? stepOf(tree, view.id, by) : undefined;
    return to && (() => void commands.place(view, to));
  };
}

function entriesOf(view: View, { page, tree, commands, mayArrange }: TreeContext, step: Step): MenuEntry[] {
  const kept = (page.favorites ?? []).includes(view.id);
  const [up, down] = [step(-1), step(1)];
  const holders = holdersOf(tree);
  return [
    {
      id: 'favor',
      label: t(kept ? 'shell.tree.unfavor' : 'shell.tree.favor'),
      icon: kept ? StarOff : Star,
      onSelect: () => void commands.favor(view, !kept),
    },
    {
      id: 'up',
      label: t('view.moveUp'),
      icon: ArrowUp,
      shortcut: 'Alt+ArrowUp',
      disabled: !up,
      onSelect: () => up?.(),
    },
    {
      id: 'down',
      label: t('view.moveDown'),
      icon: ArrowDown,
      shortcut: 'Alt+ArrowDown',
      disabled: !down,
      onSelect: () => down?.(),
    },
    ...(mayArrange
      ? ([
          ...(holders.length > 1
            ? ([
                {
                  kind: 'submenu',
                  id: 'to',
                  label: t('shell.tree.moveTo'),
                  icon: Folder,
                  items: holders.map((holder) => ({
                    id: String(holder.id),
                    label: holder.name ?? t('shell.tree.noSection'),
                    checked: holder.views.some((each) => each.id === view.id),
                    onSelect: () => void commands.place(view, { section: holder.id }),
                  })),
                },
              ] satisfies MenuEntry[])
            : []),
          {
            id: 'copy',
            label: t('view.duplicate'),
            icon: Copy,
            onSelect: () => void commands.duplicate(view),
          },
        ] satisfies MenuEntry[])
      : []),
  ];
}

import { useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { ChangeMark } from '../shared/change-marks.tsx';
import { TypeMark } from './CardFace.tsx';
import { NodeMenu } from './NodeMenu.tsx';
import css from './Tray.module.css';
import shared from './tree.module.css';
import type { Carried } from './use-drag.ts';
import type { Moves } from './use-moves.ts';
import type { Tree } from './use-tree.ts';

interface TrayProps {
  tree: Tree;
  moves: Moves;
  carried: Carried | undefined;
}

const rowHeight = 40;

/** Ideas that belong nowhere in the tree, to be put in place; what is dropped here loses its parent. */
export function Tray({ tree, moves, carried }: TrayProps) {
  const { orphans } = tree.model;
  const [view, setView] = useState({ top: 0, height: 800 });
  const first = Math.max(0, Math.floor(view.top / rowHeight) - 4);
  const last = Math.ceil((view.top + view.height) / rowHeight) + 4;
  return (
    <aside
      className={css.tray}
      aria-label={t('tree.tray')}
      data-tray=""
      data-aim={carried?.target?.kind === 'out' || undefined}
    >
      <header className={css.trayHead}>
        <h2 className={css.trayTitle}>{t('tree.tray')}</h2>
        <span className={css.trayCount}>{formatNumber(orphans.length)}</span>
      </header>
      <p className={css.trayText}>{t(orphans.length > 0 ? 'tree.trayText' : 'tree.trayEmpty')}</p>
      <ul
        className={css.trayList}
        aria-label={t('tree.tray')}
        onScroll={(event) =>
          setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
        }
      >
        <li style={{ blockSize: first * rowHeight }} aria-hidden="true" />
        {orphans.slice(first, last).map(({ id }) => (
          <li
            key={id}
            className={css.trayRow}
            data-idea={id}
            data-selected={tree.selected.has(id) || undefined}
            data-lifted={carried?.ids.includes(id) || undefined}
          >
            <ChangeMark idea={id} />
            <TypeMark tree={tree} id={id} short />
            <button
              type="button"
              data-handle=""
              className={css.trayOpen}
              aria-pressed={tree.selected.size > 0 ? tree.selected.has(id) : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) tree.choose(id);
                else tree.props.onOpen(tree.keyOf(id));
              }}
            >
              <span className={shared.key}>{tree.keyOf(id)}</span> {tree.titleOf(id)}
            </button>
            <NodeMenu tree={tree} moves={moves} id={id} />
          </li>
        ))}
        <li style={{ blockSize: Math.max(0, orphans.length - last) * rowHeight }} aria-hidden="true" />
      </ul>
    </aside>
  );
}

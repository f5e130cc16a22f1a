import '@/lib/messages/later/tree.ts';
import { CircleAlert } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { phoneQuery, useMediaQuery } from '@/lib/media.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import type { ViewProps } from '../types.ts';
import { AddChild } from './AddChild.tsx';
import { Canvas } from './Canvas.tsx';
import { Choosing } from './Choosing.tsx';
import { MoveTo } from './MoveTo.tsx';
import { Strip } from './Strip.tsx';
import { Tray } from './Tray.tsx';
import css from './tree.module.css';
import { useDrag } from './use-drag.ts';
import { useMoves } from './use-moves.ts';
import { useTree } from './use-tree.ts';

const [smallest, largest] = [0.2, 2];

/** Ideas under their parents. */
export default function Tree(props: ViewProps) {
  const { state, window } = props.result;
  if (state.status === 'failed')
    return (
      <EmptyState
        icon={CircleAlert}
        title={t('tree.failed')}
        actions={<Button onClick={window.refresh}>{t('list.retry')}</Button>}
      >
        {state.error?.message}
      </EmptyState>
    );
  if (state.status === 'loading')
    return (
      <div className={css.loading} role="status" aria-label={t('tree.loading')}>
        {[0, 1, 1, 2, 1].map((depth, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they never change places
          <span key={at} style={{ marginInlineStart: depth * 48 }}>
            <Skeleton width="220px" height="48px" />
          </span>
        ))}
      </div>
    );
  if (state.total === 0) return props.empty;
  return <Planted {...props} />;
}

function Planted(props: ViewProps) {
  const tree = useTree(props);
  const moves = useMoves(tree);
  const phone = useMediaQuery(phoneQuery);
  const scroller = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const { carried, onPointerDown } = useDrag(
    tree,
    moves,
    useCallback(() => scroller.current, []),
  );
  const { drawing } = tree;
  const fit = () => {
    const area = scroller.current;
    if (!area) return;
    const room = Math.min(area.clientWidth / (drawing.width + 64), area.clientHeight / (drawing.height + 64));
    setZoom(Math.min(1, Math.max(smallest, room)));
    area.scrollTo(0, 0);
  };
  return (
    <div className={css.view} data-colors={props.definition.colorBy?.style}>
      <Strip
        tree={tree}
        zoom={zoom}
        onZoom={(next) => setZoom(Math.min(largest, Math.max(smallest, next)))}
        onFit={fit}
        phone={phone}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging has its keys on the tree */}
      <div className={css.stage} onPointerDown={onPointerDown} data-dragging={carried ? '' : undefined}>
        {tree.model.nodes.length > 0 ? (
          <Canvas tree={tree} moves={moves} carried={carried} scroller={scroller} zoom={zoom} />
        ) : (
          <div className={css.noTree}>
            <EmptyState title={t('tree.none')}>{t('tree.noneText')}</EmptyState>
          </div>
        )}
        {!tree.layout.noTray && <Tray tree={tree} moves={moves} carried={carried} />}
      </div>
      {carried && (
        <div
          className={css.ghost}
          style={{ transform: `translate(${carried.x + 12}px, ${carried.y + 12}px)` }}
          data-refused={carried.refused ? '' : undefined}
        >
          {carried.refused ??
            (carried.ids.length === 1
              ? tree.titleOf(carried.ids[0] ?? 0)
              : t('tree.ideas', { n: carried.ids.length }))}
        </div>
      )}
      {tree.adding !== undefined && <AddChild key={tree.adding} tree={tree} parent={tree.adding} />}
      <Choosing tree={tree} />
      {tree.placing && <MoveTo tree={tree} moves={moves} ids={tree.placing} />}
      <p className="visually-hidden" role="status">
        {tree.said}
      </p>
    </div>
  );
}

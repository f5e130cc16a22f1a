import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { crossPath } from './cross-links.ts';
import { Node, nodeId } from './Node.tsx';
import { linkPath, within } from './tidy.ts';
import css from './tree.module.css';
import type { Carried } from './use-drag.ts';
import { useKeys } from './use-keys.ts';
import type { Moves } from './use-moves.ts';
import type { Tree } from './use-tree.ts';

/** Props of Canvas and Outline. */
export interface CanvasProps {
  tree: Tree;
  moves: Moves;
  carried: Carried | undefined;
  scroller: RefObject<HTMLDivElement | null>;
  zoom: number;
}

/** Room around the drawing, in px. */
const margin = 32;
const rowHeight = 40;

/** What of an element is scrolled into sight, followed frame by frame. */
function useViewport(scroller: RefObject<HTMLDivElement | null>) {
  const [view, setView] = useState({ left: 0, top: 0, width: 1200, height: 800 });
  useLayoutEffect(() => {
    const area = scroller.current;
    if (!area) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      setView({
        left: area.scrollLeft,
        top: area.scrollTop,
        width: area.clientWidth,
        height: area.clientHeight,
      });
    };
    const soon = () => {
      frame ||= requestAnimationFrame(read);
    };
    read();
    const sized = new ResizeObserver(soon);
    sized.observe(area);
    area.addEventListener('scroll', soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sized.disconnect();
      area.removeEventListener('scroll', soon);
    };
  }, [scroller]);
  return view;
}

/** Brings a box into sight. */
function reveal(area: HTMLElement, box: { x: number; y: number; width: number; height: number }): void {
  const room = 24;
  const left = Math.min(area.scrollLeft, box.x - room);
  const top = Math.min(area.scrollTop, box.y - room);
  area.scrollTo({
    left: Math.max(left, box.x + box.width + room - area.clientWidth),
    top: Math.max(top, box.y + box.height + room - area.clientHeight),
  });
}

/** The scrolled area with the tree in it, drawn or as an outline; it takes the keys. */
export function Canvas({ tree, moves, carried, scroller, zoom }: CanvasProps) {
  const view = useViewport(scroller);
  const onKeyDown = useKeys(tree, moves);
  const { drawing, seen, model, active, outline } = tree;
  const at = active === undefined ? undefined : model.at.get(active);
  const boxOf = useCallback(
    (index: number) => {
      if (outline) {
        const line = seen.indexOf(index);
        return line < 0 ? undefined : { x: 0, y: line * rowHeight, width: 1, height: rowHeight };
      }
      const place = drawing.places.get(index);
      if (!place) return undefined;
      const { width, height } = drawing.measure;
      return {
        x: (place.x + margin) * zoom,
        y: (place.y + margin) * zoom,
        width: width * zoom,
        height: height * zoom,
      };
    },
    [outline, seen, drawing, zoom],
  );
  const opening = useLatest({ boxOf, at, root: model.roots[0] ?? -1 });
  const place = at === undefined ? undefined : boxOf(at);
  const [x, y] = [place?.x, place?.y];
  // The active card stays in sight when it changes or moves itself; what others change does not scroll the tree.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the card or its place is another
  useEffect(() => {
    const now = opening();
    const box = now.at === undefined ? undefined : now.boxOf(now.at);
    if (box && scroller.current) reveal(scroller.current, box);
  }, [active, x, y, opening, scroller]);
  // A tree opens, and turns, with its first root in sight, wherever its children push it.
  const face = outline ? 'outline' : drawing.direction;
  useLayoutEffect(() => {
    const area = scroller.current;
    const box = opening().boxOf(opening().root);
    if (!area || !box || face === 'outline') return;
    area.scrollTo(
      Math.max(0, box.x + box.width / 2 - area.clientWidth / 2),
      Math.max(0, box.y - area.clientHeight / 2),
    );
  }, [face, opening, scroller]);
  const parts = outline ? outlineParts(tree, view) : drawingParts(tree, view, zoom);
  const drawn = parts.nodes.includes(at ?? -1) || at === undefined ? parts.nodes : [...parts.nodes, at];
  return (
    <div ref={scroller} className={css.scroller} data-outline={outline || undefined}>
      <div
        role="tree"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a tree is worked by keys
        tabIndex={0}
        aria-label={t('tree.label', { name: tree.props.definition.name })}
        aria-multiselectable="true"
        aria-activedescendant={active === undefined ? undefined : nodeId(active)}
        className={css.tree}
        style={{ inlineSize: parts.width, blockSize: parts.height }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          // Whoever comes by key starts at the first card; a press chooses its own.
          if (event.currentTarget.matches(':active')) return;
          const first = model.nodes[seen[0] ?? -1]?.id;
          if (active === undefined && first !== undefined) tree.setActive(first);
        }}
      >
        <div className={css.layer} style={outline ? undefined : { transform: `scale(${zoom})` }}>
          {!outline && (
            <svg
              className={css.links}
              width={drawing.width + 2 * margin}
              height={drawing.height + 2 * margin}
              aria-hidden="true"
            >
              <path transform={`translate(${margin} ${margin})`} d={parts.path} />
              {parts.ties !== '' && (
                <path className={css.tie} transform={`translate(${margin} ${margin})`} d={parts.ties} />
              )}
            </svg>
          )}
          {drawn.map((index) => (
            <Node
              key={model.nodes[index]?.id}
              tree={tree}
              moves={moves}
              carried={carried}
              index={index}
              style={outline ? lineStyle(tree, index) : cardStyle(tree, index)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface View {
  left: number;
  top: number;
  width: number;
  height: number;
}

function cardStyle({ drawing }: Tree, index: number) {
  const place = drawing.places.get(index) ?? { x: 0, y: 0 };
  const { width, height } = drawing.measure;
  return {
    transform: `translate(${place.x + margin}px, ${place.y + margin}px)`,
    inlineSize: width,
    blockSize: height,
  };
}

function lineStyle({ seen, model }: Tree, index: number) {
  return {
    transform: `translateY(${seen.indexOf(index) * rowHeight}px)`,
    blockSize: rowHeight,
    paddingInlineStart: 28 + Math.min(12, model.nodes[index]?.depth ?? 0) * 20,
  };
}

function drawingParts({ drawing, model, ties }: Tree, view: View, zoom: number) {
  const box = {
    left: view.left / zoom - margin,
    top: view.top / zoom - margin,
    right: (view.left + view.width) / zoom - margin,
    bottom: (view.top + view.height) / zoom - margin,
  };
  const { nodes, lines } = within(drawing, box);
  const path = lines.map((index) => linkPath(drawing, model.nodes[index]?.parent ?? -1, index)).join('');
  const inSight = new Set(ties.length > 0 ? nodes : []);
  const tied = ties.filter(([a, b]) => inSight.has(a) && inSight.has(b));
  return {
    nodes,
    path,
    ties: tied.map((tie) => crossPath(drawing, tie)).join(''),
    width: (drawing.width + 2 * margin) * zoom,
    height: (drawing.height + 2 * margin) * zoom,
  };
}

function outlineParts({ seen }: Tree, view: View) {
  const first = Math.max(0, Math.floor(view.top / rowHeight) - 4);
  const last = Math.ceil((view.top + view.height) / rowHeight) + 4;
  return {
    nodes: seen.slice(first, last),
    path: '',
    ties: '',
    width: '100%',
    height: seen.length * rowHeight,
  };
}

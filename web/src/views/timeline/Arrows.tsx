import { useMemo, useState } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import { useStore } from '@/lib/store.ts';
import type { IdeaLink } from '@/sync/types.ts';
import { Popover } from '@/ui/Popover.tsx';
import { Connections } from '../shared/Connections.tsx';
import css from './Arrows.module.css';
import type { Line } from './lanes.ts';
import parts from './parts.module.css';
import type { Span } from './spans.ts';
import { unitEnd } from './time.ts';
import type { Timeline } from './use-timeline.ts';

/** Arrows that are drawn at most; more would be a thicket. */
const most = 400;

/** Whether what waits starts before what it waits for lets it (TLN-45). */
export function isBroken(link: Pick<IdeaLink, 'type' | 'lag'>, from: Span, to: Span): boolean {
  const earliest = (link.type === 'start_start' ? from.start : from.end + 1) + (link.lag ?? 0);
  const latest = to.precision === 'day' ? to.start : unitEnd(to.start, to.precision);
  return latest < earliest;
}

/** A round corner from level to upright or back. */
function corner(dx: number, dy: number, first: 'level' | 'upright'): string {
  return first === 'level' ? `q${dx} 0 ${dx} ${dy}` : `q0 ${dy} ${dx} ${dy}`;
}

type Point = readonly [x: number, y: number];

/** A path between two points that leaves and arrives level, with round corners; where it must go back it runs between lines. */
export function arrowPath([x1, y1]: Point, [x2, y2]: Point, rowHeight = 36): string {
  const out = 8;
  const r = 5;
  const down = y2 >= y1 ? 1 : -1;
  if (Math.abs(y2 - y1) < 1 && x2 > x1) return `M${x1} ${y1}H${x2}`;
  if (x2 >= x1 + out + r) {
    const bend = x1 + out - r;
    return `M${x1} ${y1}H${bend}${corner(r, down * r, 'level')}V${y2 - down * r}${corner(r, down * r, 'upright')}H${x2}`;
  }
  const between = y1 + (down * rowHeight) / 2;
  return [
    `M${x1} ${y1}h${out - r}${corner(r, down * r, 'level')}V${between - down * r}${corner(-r, down * r, 'upright')}`,
    `H${x2 - out}${corner(-r, down * r, 'level')}V${y2 - down * r}${corner(r, down * r, 'upright')}H${x2}`,
  ].join('');
}

interface Arrow {
  link: IdeaLink;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  broken: boolean;
}

/** The dependencies in sight, as arrows. */
export function Arrows({ timeline }: { timeline: Timeline }) {
  const { links, lanes, entries, view, rowHeight, edits } = timeline;
  const [chosen, setChosen] = useState<{ link: IdeaLink; anchor: Element } | null>(null);
  const lines = useMemo(() => {
    const found = new Map<number, Line>();
    for (const { row, position } of entries.dated) {
      const line = lanes.lineOf.get(position);
      if (line && !found.has(row.id)) found.set(row.id, line);
    }
    return found;
  }, [entries.dated, lanes]);
  const sight = useStore(view.sight);
  const arrows: Arrow[] = [];
  for (const link of links) {
    const [a, b] = [lines.get(link.from.id), lines.get(link.to.id)];
    const from = edits.proposed.get(link.from.id) ?? entries.spans.get(link.from.id);
    const to = edits.proposed.get(link.to.id) ?? entries.spans.get(link.to.id);
    if (!a || !b || !from || !to || arrows.length >= most) continue;
    const x1 = view.x(link.type === 'start_start' ? from.start : from.end + 1);
    const x2 = view.x(to.start);
    const [y1, y2] = [a.top + rowHeight / 2, b.top + rowHeight / 2];
    if (Math.max(x1, x2) < sight.x0 || Math.min(x1, x2) > sight.x1) continue;
    if (Math.max(y1, y2) < sight.y0 || Math.min(y1, y2) > sight.y1) continue;
    arrows.push({ link, x1, y1, x2, y2, broken: isBroken(link, from, to) });
  }
  const nameOf = ({ from, to }: IdeaLink) =>
    t('timeline.arrow', { from: from.key ?? '?', to: to.key ?? '?' });
  return (
    <>
      <svg className={css.arrows} width={view.width} height={lanes.height} aria-hidden="true">
        {arrows.map(({ link, x1, y1, x2, y2, broken }) => {
          const path = arrowPath([x1, y1], [x2 - 5, y2], rowHeight);
          return (
            <g key={link.id} className={css.arrow} data-broken={broken || undefined}>
              <path d={path} className={css.arrowLine} />
              <path d={`M${x2 - 6} ${y2 - 4}L${x2} ${y2}L${x2 - 6} ${y2 + 4}z`} className={css.arrowHead} />
              {/* biome-ignore lint/a11y/noStaticElementInteractions: keys reach the same through the bar's menu */}
              <path
                d={path}
                className={css.arrowHit}
                onClick={(event) => setChosen({ link, anchor: event.currentTarget })}
              >
                <title>{nameOf(link)}</title>
              </path>
            </g>
          );
        })}
      </svg>
      {chosen && (
        <Popover
          open
          anchor={chosen.anchor}
          label={nameOf(chosen.link)}
          onOpenChange={(open) => !open && setChosen(null)}
        >
          <div className={cx(parts.panel, css.linkPanel)}>
            <h2 className={parts.title}>{chosen.link.to.title ?? chosen.link.to.key}</h2>
            <Connections idea={chosen.link.to.id} only="dependencies" onOpen={timeline.props.onOpen} />
          </div>
        </Popover>
      )}
    </>
  );
}

import type { KeyboardEvent } from 'react';
import { useLatest } from '@/lib/latest.ts';
import type { IdeaRow } from '@/sync/types.ts';
import { type Entry, indexAt, type Lanes } from './lanes.ts';
import { partsOf } from './scale.ts';
import { type Span, stepped } from './spans.ts';
import { type Viewport, zoomStep } from './use-viewport.ts';

/** What the keys of a timeline need. */
export interface KeysInput {
  view: Viewport;
  lanes: Lanes;
  active: Entry | undefined;
  choose: (entry: Entry) => void;
  open: (entry: Entry) => void;
  menu: (entry: Entry) => void;
  put: (row: IdeaRow, to: Span) => void;
  today: () => void;
}

/** The entry beside, above or below another: the nearest in time of the next line that has one. */
export function neighbour(lanes: Lanes, entry: Entry, key: string): Entry | undefined {
  const line = lanes.lineOf.get(entry.position);
  if (!line) return undefined;
  const at = line.entries.indexOf(entry);
  const index = indexAt(lanes.lines, line.top);
  const middle = (entry.span.start + entry.span.end) / 2;
  const nearest = (entries: readonly Entry[] | undefined) => {
    let best: Entry | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const each of entries ?? []) {
      const apart = Math.abs((each.span.start + each.span.end) / 2 - middle);
      if (apart < least) [best, least] = [each, apart];
    }
    return best;
  };
  switch (key) {
    case 'ArrowRight':
      return line.entries[at + 1] ?? lanes.lines[index + 1]?.entries[0];
    case 'ArrowLeft':
      return line.entries[at - 1] ?? lanes.lines[index - 1]?.entries.at(-1);
    case 'ArrowDown':
      return nearest(lanes.lines[index + 1]?.entries);
    case 'ArrowUp':
      return nearest(lanes.lines[index - 1]?.entries);
    case 'Home':
      return lanes.lines[0]?.entries[0];
    case 'End':
      return lanes.lines.at(-1)?.entries.at(-1);
    default:
      return undefined;
  }
}

/** The keys of a timeline: arrows go, Shift moves, Alt pulls the end, Alt and Shift the start. */
export function useTimelineKeys(input: KeysInput): (event: KeyboardEvent) => void {
  const latest = useLatest(input);
  return (event) => {
    const { view, lanes, active, choose, open, menu, put, today } = latest();
    if (event.defaultPrevented || !(event.target instanceof Element)) return;
    if (event.target.closest('input, textarea, [role="menu"], [role="dialog"]')) return;
    const { key, shiftKey, altKey } = event;
    const onBar = event.target.closest('[data-idea]') !== null;
    const plain = !event.ctrlKey && !event.metaKey;
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (plain && !altKey && (key === '+' || key === '=')) {
      done();
      zoomStep(view, 1);
    } else if (plain && !altKey && (key === '-' || key === '_')) {
      done();
      zoomStep(view, -1);
    } else if (plain && !altKey && !shiftKey && key === 't') {
      done();
      today();
    } else if (
      active &&
      onBar &&
      plain &&
      (key === 'ArrowLeft' || key === 'ArrowRight') &&
      (shiftKey || altKey)
    ) {
      done();
      const what = altKey ? (shiftKey ? 'start' : 'end') : 'move';
      put(active.row, stepped(active.span, key === 'ArrowRight' ? 1 : -1, what, partsOf(view.perDay).snap));
    } else if (active && onBar && plain && key === 'Enter') {
      done();
      open(active);
    } else if (
      active &&
      onBar &&
      (key === 'ContextMenu' || (shiftKey && key === 'F10') || (plain && key === 'm'))
    ) {
      done();
      menu(active);
    } else if (plain && !shiftKey && !altKey && /^(Arrow|Home$|End$)/.test(key) && onBar) {
      const next = active && neighbour(lanes, active, key);
      if (next) {
        done();
        choose(next);
      }
    }
  };
}

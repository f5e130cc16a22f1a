import {
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { useDependencies, useLinkWriter } from '@/sync/links.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaLink, IdeaRow } from '@/sync/types.ts';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { afterwards } from '../shared/afterwards.ts';
import { groupLabel } from '../shared/groups.ts';
import type { ViewProps } from '../types.ts';
import { type Entry, type Heading, type Lanes, layOut } from './lanes.ts';
import { datesOf, layoutOf, layoutWith, type TimelineLayout } from './layout.ts';
import { packingScale } from './scale.ts';
import type { DateFields } from './spans.ts';
import { type Dragging, useDrag } from './use-drag.ts';
import { type Edits, useEdits } from './use-edits.ts';
import { type Entries, useEntries } from './use-entries.ts';
import { useViewport, type Viewport } from './use-viewport.ts';

/** Everything the parts of a timeline share. */
export interface Timeline {
  props: ViewProps;
  layout: TimelineLayout;
  setLayout: (change: Partial<TimelineLayout>) => void;
  dates: DateFields | undefined;
  entries: Entries;
  lanes: Lanes;
  view: Viewport;
  edits: Edits;
  dragging: Dragging;
  /** What is drawn otherwise while it is dragged. */
  rows: { dragged?: number };
  links: readonly IdeaLink[];
  each: boolean;
  rowHeight: number;
  headingHeight: number;
  /** Width of the column of titles before the axis, in px. */
  side: number;
  /** Height of what stands above the lanes, in px. */
  head: number;
  /** Width that a bar takes at least: in days, and in px. */
  roomOf: (entry?: Entry) => number;
  active: Entry | undefined;
  /** The active bar takes the focus when it is drawn. */
  follow: boolean;
  choose: (entry: Entry) => void;
  toggle: (path: string) => void;
  groupName: (entry: Entry) => string;
  headingName: (heading: Heading) => string;
  /** The idea whose menu is open. */
  menu: Entry | null;
  openMenu: (entry: Entry | null) => void;
  connect: (from: number, to: number) => void;
  /** The marker that is edited, and where. */
  marker: { at: number; anchor: Element } | null;
  editMarker: (at: number | null, anchor?: Element) => void;
  open: (row: IdeaRow) => void;
  said: string;
  say: (text: string) => void;
  /** The id of the explanation of the keys. */
  keysId: string;
}

/** Heights of the axis, the markers' flags and the row of sums, in px. */
const axisHeight = 52;
const flagsHeight = 26;
const loadHeight = 30;
const sideWidth = 232;
export const readable = 88;

/** The state of a timeline and what can be done with it. */
export function useTimeline(
  props: ViewProps,
  scroller: RefObject<HTMLDivElement | null>,
  phone: boolean,
): Timeline {
  const { definition, result, onChange, onOpen } = props;
  const { field, fields, project, session } = useProject();
  const layout = layoutOf(definition);
  const { start, end } = layout;
  const dates = useMemo(() => datesOf({ start, end }, field, fields), [start, end, field, fields]);
  const [said, say] = useState('');
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [activeAt, setActiveAt] = useState<{ id: number; position: number } | null>(null);
  const [menu, openMenu] = useState<Entry | null>(null);
  const [marker, setMarker] = useState<Timeline['marker']>(null);
  const links = useDependencies();
  const entries = useEntries(result, dates);
  const each = layout.rows === 'each';
  const side = each && !phone ? sideWidth : 0;
  const rowHeight = definition.rowHeight === 'compact' ? 28 : 36;
  const headingHeight = layout.load ? 38 : 34;
  const head = axisHeight + (layout.markers?.length ? flagsHeight : 0) + (layout.load ? loadHeight : 0);
  const ready = result.state.status === 'ready' && entries.complete;
  const view = useViewport(scroller, { dated: entries.dated, zoom: layout.zoom ?? 'quarters', side, ready });
  const packing = packingScale(view.perDay);
  const roomOf = useCallback(() => (each ? 0 : readable / packing), [each, packing]);
  const { groups, length } = result.state;
  const lanes = useMemo(
    () =>
      layOut({ entries: entries.dated, groups, length, collapsed, each, roomOf, rowHeight, headingHeight }),
    [entries.dated, groups, length, collapsed, each, roomOf, rowHeight, headingHeight],
  );
  const edits = useEdits({ definition, dates, links, say });
  const writer = useLinkWriter();
  const active = useActive(entries.dated, activeAt);
  const groupings = definition.query.group ?? [];
  const latest = useLatest({
    definition,
    onChange,
    onOpen,
    key: project.key,
    lanes,
    groupings,
    field,
    view,
    rowHeight,
  });

  const stable = useMemo(() => {
    const headingName = (heading: Heading) =>
      groupLabel(
        { key: heading.keys.at(-1) ?? null, label: heading.label },
        latest().field(latest().groupings[heading.depth]?.field ?? ''),
      );
    return {
      headingName,
      setLayout: (change: Partial<TimelineLayout>) =>
        latest().onChange(layoutWith(latest().definition, change)),
      choose: (entry: Entry) => setActiveAt({ id: entry.row.id, position: entry.position }),
      toggle: (path: string) =>
        setCollapsed((last) => {
          const next = new Set(last);
          if (!next.delete(path)) next.add(path);
          return next;
        }),
      connect: (from: number, to: number) => {
        writer
          .create({ from, to, type: 'finish_start' })
          .then((group) => {
            say(t('timeline.linked'));
            toast({ title: t('timeline.linked'), ...afterwards(session, group) });
          })
          .catch((error: unknown) => toastFailure(error));
      },
      editMarker: (at: number | null, anchor?: Element) =>
        setMarker(at !== null && anchor ? { at, anchor } : null),
      open: (row: IdeaRow) => latest().onOpen(`${latest().key}-${row.number}`),
    };
  }, [latest, session, writer]);

  const { headingName } = stable;
  const groupName = useMemo(() => groupNames(lanes.headings, headingName), [lanes.headings, headingName]);
  const dragging = useDrag(scroller, {
    view,
    lanes,
    rowHeight,
    side,
    head,
    locked: edits.locked !== undefined,
    put: (row, to, paths) => void edits.put(row, to, paths),
    link: (from, to) => stable.connect(from.row.id, to),
    choose: stable.choose,
    open: (entry) => stable.open(entry.row),
    menu: openMenu,
  });
  const dragged = useSyncExternalStore(dragging.drag.subscribe, () => {
    const now = dragging.drag.get();
    return now && now.kind !== 'place' && now.kind !== 'link' ? now.entry.position : undefined;
  });
  const rows = useMemo(() => ({ dragged }), [dragged]);
  useInSight(active, latest);
  const keysId = useId();
  return {
    props,
    layout,
    dates,
    entries,
    lanes,
    view,
    edits,
    dragging,
    rows,
    links,
    each,
    rowHeight,
    headingHeight,
    side,
    head,
    roomOf,
    active,
    follow: activeAt !== null,
    menu,
    openMenu,
    marker,
    said,
    say,
    keysId,
    ...stable,
    groupName,
  };
}

/** Names the group, and the swimlane in it, of an entry. */
function groupNames(
  headings: readonly Heading[],
  nameOf: (heading: Heading) => string,
): (entry: Entry) => string {
  const names = new Map<string, string>();
  let above = '';
  for (const heading of headings) {
    const own = nameOf(heading);
    if (heading.depth === 0) above = own;
    names.set(heading.path, heading.depth === 0 ? own : `${above}, ${own}`);
  }
  return ({ path }) => names.get(path) ?? '';
}

/** The active entry: the idea is followed when its position changes; the first one until somebody chose. */
function useActive(dated: readonly Entry[], at: { id: number; position: number } | null): Entry | undefined {
  return useMemo(() => {
    if (!at) return dated[0];
    const own = dated.filter(({ row }) => row.id === at.id);
    return own.find(({ position }) => position === at.position) ?? own[0] ?? dated[0];
  }, [dated, at]);
}

/** Scrolls to the active bar when another becomes active, or it moves. */
function useInSight(
  active: Entry | undefined,
  latest: () => { lanes: Lanes; view: Viewport; rowHeight: number },
): void {
  const id = active?.row.id;
  const { start, end } = active?.span ?? {};
  const entry = useLatest(active);
  useEffect(() => {
    const { lanes, view, rowHeight } = latest();
    const now = entry();
    const line = now && now.row.id === id && lanes.lineOf.get(now.position);
    if (!line || start === undefined || end === undefined) return;
    if (!document.activeElement?.closest('[data-idea]')) return;
    const [left, right] = [view.x(start), view.x(end + 1)];
    view.reveal({ left, right, top: line.top, bottom: line.top + rowHeight });
  }, [id, start, end, latest, entry]);
}

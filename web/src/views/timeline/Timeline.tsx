import '@/lib/messages/later/timeline.ts';
import { CalendarOff, CircleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { phoneQuery, useMediaQuery } from '@/lib/media.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import type { ViewProps } from '../types.ts';
import { Arrows } from './Arrows.tsx';
import { Axis, Flags, GridLines } from './Axis.tsx';
import { BarMenu, LinksDialog } from './BarMenu.tsx';
import { Bars } from './Bars.tsx';
import { BaselineNote } from './BaselineNote.tsx';
import { CascadeDialog } from './CascadeDialog.tsx';
import { DragLayer } from './DragLayer.tsx';
import { Ghosts } from './Ghosts.tsx';
import { Headings, LoadRow } from './Lanes.tsx';
import type { Entry } from './lanes.ts';
import { MarkerPanel } from './MarkerPanel.tsx';
import { Reading } from './Reading.tsx';
import css from './Timeline.module.css';
import { Titles } from './Titles.tsx';
import { Toolbar } from './Toolbar.tsx';
import { Tray } from './Tray.tsx';
import { dayNumber } from './time.ts';
import { type Baseline, useBaseline } from './use-baseline.ts';
import { useTimelineKeys } from './use-keys.ts';
import { type Timeline as Model, useTimeline } from './use-timeline.ts';

/** Ideas as bars along a time axis. */
export function Timeline(props: ViewProps) {
  const phone = useMediaQuery(phoneQuery);
  const scroller = useRef<HTMLDivElement>(null);
  const timeline = useTimeline(props, scroller, phone);
  const baseline = useBaseline(timeline.dates, timeline.entries);
  const [tray, setTray] = useState(false);
  const [reading, setReading] = useState(false);
  const { result } = props;
  if (result.state.status === 'failed') {
    return (
      <EmptyState
        icon={CircleAlert}
        title={t('list.failed')}
        actions={<Button onClick={result.window.refresh}>{t('list.retry')}</Button>}
      >
        {result.state.error?.message}
      </EmptyState>
    );
  }
  if (!timeline.dates) {
    return (
      <EmptyState icon={CalendarOff} title={t('timeline.noField')}>
        {t('timeline.noFieldText')}
      </EmptyState>
    );
  }
  const markers = timeline.layout.markers ?? [];
  return (
    <div className={css.timeline} data-colors={props.definition.colorBy?.style}>
      <Toolbar
        timeline={timeline}
        baseline={baseline}
        phone={phone}
        tray={tray}
        onTray={setTray}
        reading={reading}
        onReading={setReading}
        onAddMarker={(anchor) => timeline.editMarker(markers.length, anchor)}
      />
      <BaselineNote baseline={baseline} />
      <div className={css.main}>
        {reading ? (
          <Reading timeline={timeline} />
        ) : (
          <Plan timeline={timeline} baseline={baseline} scroller={scroller} />
        )}
        {tray && <Tray timeline={timeline} />}
      </div>
      {result.state.total === 0 && result.state.status === 'ready' && (
        <div className={css.empty}>{props.empty}</div>
      )}
      {!reading && timeline.entries.complete && timeline.entries.dated.length === 0 && (
        <Undated n={timeline.entries.undated.length} tray={tray} onTray={setTray} />
      )}
      {timeline.edits.proposal && <CascadeDialog proposal={timeline.edits.proposal} edits={timeline.edits} />}
      {timeline.marker && <MarkerPanel key={timeline.marker.at} timeline={timeline} />}
      <p className="visually-hidden" role="status">
        {timeline.said}
      </p>
    </div>
  );
}

/** Says why the axis is empty though there are ideas, and where they are. */
function Undated({ n, tray, onTray }: { n: number; tray: boolean; onTray: (tray: boolean) => void }) {
  if (n === 0 || tray) return null;
  return (
    <div className={css.empty}>
      <EmptyState
        icon={CalendarOff}
        title={t('timeline.undated')}
        actions={<Button onClick={() => onTray(true)}>{t('timeline.undated.show', { n })}</Button>}
      >
        {t('timeline.undated.text')}
      </EmptyState>
    </div>
  );
}

interface PlanProps {
  timeline: Model;
  baseline: Baseline;
  scroller: React.RefObject<HTMLDivElement | null>;
}

/** The axis and everything on it. */
function Plan({ timeline, baseline, scroller }: PlanProps) {
  const { view, lanes, side, props, menu } = timeline;
  const [connecting, setConnecting] = useState<Entry | null>(null);
  const keys = useTimelineKeys({
    view,
    lanes,
    active: timeline.active,
    choose: timeline.choose,
    open: (entry) => timeline.open(entry.row),
    menu: timeline.openMenu,
    put: (row, to) => void timeline.edits.put(row, to),
    today: () => view.goTo(dayNumber(today())),
  });
  return (
    <div
      ref={scroller}
      className={css.scroller}
      role="region"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      aria-label={t('timeline.label', { view: props.definition.name })}
      aria-busy={props.result.pending || !timeline.entries.complete}
      onKeyDown={keys}
    >
      <p id={timeline.keysId} className="visually-hidden">
        {t('timeline.keys')}
      </p>
      <div className={css.sheet} style={{ gridTemplateColumns: side > 0 ? `${side}px auto` : 'auto' }}>
        <div className={css.top}>
          {side > 0 && <div className={css.corner} style={{ inlineSize: side }} />}
          <div>
            <Axis timeline={timeline} />
            <Flags timeline={timeline} />
            <LoadRow timeline={timeline} />
          </div>
        </div>
        {side > 0 && <Titles timeline={timeline} />}
        <div
          className={css.canvas}
          style={{ inlineSize: view.width, blockSize: Math.max(lanes.height, 240) }}
        >
          <GridLines timeline={timeline} />
          <Headings timeline={timeline} />
          <Ghosts timeline={timeline} baseline={baseline} />
          {!timeline.layout.hideLinks && <Arrows timeline={timeline} />}
          <Bars timeline={timeline} />
          <DragLayer timeline={timeline} />
          {menu && <BarMenu timeline={timeline} entry={menu} onConnect={setConnecting} />}
        </div>
      </div>
      {connecting && (
        <LinksDialog timeline={timeline} entry={connecting} onClose={() => setConnecting(null)} />
      )}
    </div>
  );
}

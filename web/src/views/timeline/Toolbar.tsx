import { CalendarClock, Flag, History, Inbox, ListTree, Minus, Plus } from 'lucide-react';
import { type Day, formatDay, today } from '@/lib/days.ts';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { DatePanel } from '@/ui/DatePicker.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import parts from './parts.module.css';
import { perDayOf, zoomOf, zooms } from './scale.ts';
import css from './Toolbar.module.css';
import { dayNumber } from './time.ts';
import type { Baseline } from './use-baseline.ts';
import type { Timeline } from './use-timeline.ts';
import { zoomStep } from './use-viewport.ts';

/** Props of Toolbar. */
export interface ToolbarProps {
  timeline: Timeline;
  baseline: Baseline;
  phone: boolean;
  tray: boolean;
  onTray: (open: boolean) => void;
  reading: boolean;
  onReading: (on: boolean) => void;
  onAddMarker: (anchor: Element) => void;
}

/** What belongs to looking at a timeline: zoom, today, the earlier day, the tray. */
export function Toolbar(props: ToolbarProps) {
  const { timeline, phone, tray, onTray, reading, onReading, onAddMarker } = props;
  const { view, entries } = timeline;
  const zooming = {
    options: zooms.map((zoom) => ({ value: zoom, label: t(`timeline.zoom.${zoom}`) })),
    value: zoomOf(view.perDay),
    onValueChange: (zoom: (typeof zooms)[number]) => view.zoomTo(perDayOf[zoom]),
  };
  return (
    <div className={css.toolbar} role="toolbar" aria-label={t('timeline.tools')}>
      {phone ? (
        <Select aria-label={t('timeline.zoom')} {...zooming} />
      ) : (
        <Segments label={t('timeline.zoom')} {...zooming} />
      )}
      {!phone && (
        <>
          <IconButton
            icon={Minus}
            label={t('timeline.zoom.out')}
            shortcut="-"
            onClick={() => zoomStep(view, -1)}
          />
          <IconButton
            icon={Plus}
            label={t('timeline.zoom.in')}
            shortcut="+"
            onClick={() => zoomStep(view, 1)}
          />
        </>
      )}
      <Button tone="ghost" icon={CalendarClock} onClick={() => view.goTo(dayNumber(today()))}>
        {t('date.today')}
      </Button>
      <span className={css.spring} />
      {!phone && <BaselineChoice baseline={props.baseline} />}
      {!phone && (
        <IconButton
          icon={Flag}
          label={t('timeline.marker.add')}
          onClick={(event) => onAddMarker(event.currentTarget)}
        />
      )}
      <IconButton
        icon={ListTree}
        label={t('timeline.reading')}
        pressed={reading}
        onClick={() => onReading(!reading)}
      />
      <Button tone="ghost" icon={Inbox} aria-pressed={tray} onClick={() => onTray(!tray)}>
        {t('timeline.tray.short')}
        <span className={parts.count}>{formatNumber(entries.undated.length)}</span>
      </Button>
    </div>
  );
}

function BaselineChoice({ baseline }: { baseline: Baseline }) {
  const { date, setDate } = baseline;
  const choose = (day: Day | null) => setDate(day && day < today() ? day : null);
  return (
    <Popover
      label={t('timeline.baseline')}
      trigger={
        <Button tone="ghost" icon={History} data-set={date ? '' : undefined}>
          {date ? t('timeline.baseline.since', { day: formatDay(date) }) : t('timeline.baseline')}
        </Button>
      }
    >
      <p className={parts.quiet}>{t('timeline.baseline.how')}</p>
      <DatePanel label={t('timeline.baseline')} value={date} onValueChange={choose} />
    </Popover>
  );
}

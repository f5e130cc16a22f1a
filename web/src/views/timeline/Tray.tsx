import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaRow } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { ChangeMark } from '../shared/change-marks.tsx';
import parts from './parts.module.css';
import { partsOf } from './scale.ts';
import { placed } from './spans.ts';
import css from './Tray.module.css';
import type { Timeline } from './use-timeline.ts';

const page = 60;

/** Ideas without a date, to drag onto the axis; their button puts them where the reader looks. */
export function Tray({ timeline }: { timeline: Timeline }) {
  const { entries, edits } = timeline;
  const { undated } = entries;
  const [shown, setShown] = useState(page);
  return (
    <aside className={css.tray} aria-label={t('timeline.tray')}>
      <header className={css.head}>
        <h2 className={parts.title}>{t('timeline.tray')}</h2>
        <span className={parts.count}>{formatNumber(undated.length)}</span>
      </header>
      {undated.length === 0 ? (
        <p className={parts.quiet}>{t('timeline.tray.none')}</p>
      ) : (
        <p className={parts.quiet}>{edits.locked ?? t('timeline.tray.how')}</p>
      )}
      <ul className={parts.list}>
        {undated.slice(0, shown).map((row) => (
          <TrayIdea key={row.id} row={row} timeline={timeline} />
        ))}
      </ul>
      {undated.length > shown && (
        <Button tone="ghost" onClick={() => setShown((last) => last + page)}>
          {t('timeline.tray.more', { n: undated.length - shown })}
        </Button>
      )}
    </aside>
  );
}

function TrayIdea({ row, timeline }: { row: IdeaRow; timeline: Timeline }) {
  const { project } = useProject();
  const { view, edits, dragging } = timeline;
  const title = String(row.values.title ?? '');
  const place = () => {
    const { x0, x1 } = view.sight.get();
    const middle = view.day((x0 + x1) / 2);
    void edits.put(row, placed(middle, partsOf(view.perDay).place));
  };
  return (
    <li className={css.idea} data-locked={edits.locked !== undefined || undefined}>
      <ChangeMark idea={row.id} />
      <div className={css.grip} onPointerDown={(event) => dragging.take(event, row)}>
        <button type="button" className={parts.idea} onClick={() => timeline.open(row)}>
          <span className={parts.key}>{`${project.key}-${row.number}`}</span>
          <span>{title}</span>
        </button>
      </div>
      {edits.locked === undefined && (
        <IconButton
          size="tiny"
          icon={CalendarPlus}
          label={t('timeline.tray.place', { title })}
          onClick={place}
        />
      )}
    </li>
  );
}

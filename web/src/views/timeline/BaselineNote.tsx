import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Popover } from '@/ui/Popover.tsx';
import css from './BaselineNote.module.css';
import line from './line.module.css';
import parts from './parts.module.css';
import { type Baseline, fates, type Move, type Moves } from './use-baseline.ts';
import { formatSpan } from './use-edits.ts';

/** Says in a sentence how things stood on the earlier day, and names the ideas on request. */
export function BaselineNote({ baseline }: { baseline: Baseline }) {
  const { date, moved, error, setDate } = baseline;
  if (date === null) return null;
  const { later, earlier, added, gone } = moved;
  const counts = { later: later.length, earlier: earlier.length, added: added.length, gone: gone.length };
  return (
    <div className={css.note}>
      {error ? error.message : t('timeline.baseline.note', counts)}
      {!error && fates.some((fate) => moved[fate].length > 0) && (
        <Popover
          label={t('timeline.baseline.which')}
          trigger={<Button tone="ghost">{t('timeline.baseline.which')}</Button>}
        >
          <Named moved={moved} />
        </Popover>
      )}
      <Button tone="ghost" onClick={() => setDate(null)}>
        {t('timeline.baseline.end')}
      </Button>
    </div>
  );
}

/** More lines than that nobody reads; the bars themselves show the rest. */
const most = 100;

function Named({ moved }: { moved: Moves }) {
  return fates.map((fate) => {
    const list = moved[fate];
    return (
      list.length > 0 && (
        <section key={fate} aria-label={t(`timeline.baseline.${fate}`, { n: list.length })}>
          <h3 className={css.fate}>{t(`timeline.baseline.${fate}`, { n: list.length })}</h3>
          <ul className={parts.list}>
            {list.slice(0, most).map((move) => (
              <Line key={move.idea} move={move} />
            ))}
          </ul>
          {list.length > most && (
            <p className={parts.quiet}>{t('timeline.baseline.more', { n: list.length - most })}</p>
          )}
        </section>
      )
    );
  });
}

function Line({ move: { key, title, from, to } }: { move: Move }) {
  return (
    <li className={line.line}>
      <span className={parts.key}>{key}</span>
      <span className={line.title}>{title}</span>
      <span className={line.dates}>
        {from && (to ? <s>{formatSpan(from)}</s> : formatSpan(from))} {to && formatSpan(to)}
      </span>
    </li>
  );
}

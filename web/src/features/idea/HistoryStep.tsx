import { RotateCcw } from 'lucide-react';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Change } from '@/sync/types.ts';
import { Avatar } from '@/ui/Avatar.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { ChangeValue, isLongChange, LongChange } from './ChangeValue.tsx';
import css from './History.module.css';
import { type HistorySet, originText, restorable } from './history.ts';

interface HistoryStepProps {
  set: HistorySet;
  changes: readonly Change[];
  onRestore: ((attr: string) => void) | undefined;
}

/** What somebody changed in one step. */
export function HistoryStep({ set, changes, onRestore }: HistoryStepProps) {
  const { person } = useProject();
  const name = set.actor ? (person(set.actor)?.name ?? t('field.unknownPerson')) : 'Cairn';
  const origin = originText(set.origin);
  return (
    <li className={css.step}>
      <Avatar name={name} size={20} decorative />
      <div className={css.content}>
        <header className={css.head}>
          <strong>{name}</strong>
          <time className={css.quiet} dateTime={set.at} title={formatMoment(set.at)}>
            {formatRelative(set.at)}
          </time>
          {origin && <span className={css.quiet}>{origin}</span>}
        </header>
        {set.reason && <p className={css.reason}>“{set.reason}”</p>}
        <ul className={css.changes}>
          {changes.map((change) => (
            <ChangeLine
              key={change.attr ?? 'whole'}
              change={change}
              onRestore={
                onRestore && change.attr && restorable(change)
                  ? () => onRestore(change.attr ?? '')
                  : undefined
              }
            />
          ))}
        </ul>
      </div>
    </li>
  );
}

function ChangeLine({ change, onRestore }: { change: Change; onRestore: (() => void) | undefined }) {
  const { field } = useProject();
  if (!change.attr) {
    return (
      <li className={css.change}>
        {t(change.new === undefined ? 'idea.history.deleted' : 'idea.history.created')}
      </li>
    );
  }
  if (change.attr === 'rank') return <li className={css.change}>{t('idea.history.moved')}</li>;
  if (change.attr === 'archived') {
    return (
      <li className={css.change}>
        {t(change.new === true ? 'idea.history.archived' : 'idea.history.unarchived')}
      </li>
    );
  }
  const info = field(change.attr);
  const name =
    change.attr === 'description' ? t('idea.description') : (info?.name ?? t('idea.history.deletedField'));
  return (
    <li className={css.change}>
      <span className={css.field}>{name}</span>
      {isLongChange(change.old, change.new) ? (
        <LongChange before={change.old} after={change.new} />
      ) : (
        <span className={css.values}>
          <ChangeValue attr={change.attr} field={info} value={change.old} />
          <span className={css.arrow} role="img" aria-label={t('idea.history.to')}>
            →
          </span>
          <ChangeValue attr={change.attr} field={info} value={change.new} />
        </span>
      )}
      {onRestore && (
        <span className={css.restore}>
          <IconButton
            size="tiny"
            label={t('idea.history.restore', { field: name })}
            icon={RotateCcw}
            onClick={onRestore}
          />
        </span>
      )}
    </li>
  );
}

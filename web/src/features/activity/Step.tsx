import { useState } from 'react';
import { Link } from 'wouter';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import { Avatar } from '@/ui/Avatar.tsx';
import { Button } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import css from './activity.module.css';
import { ChangeText, textsOf } from './ChangeText.tsx';
import type { ActivitySet } from './calls.ts';

/** What an idea is called. */
export interface Named {
  key?: string;
  title?: string;
}

/** Props of Step. */
export interface StepProps {
  set: ActivitySet;
  ideas: Readonly<Record<string, Named>>;
  /** Takes it back; absent for who may not. */
  onUndo: (() => void) | undefined;
}

/** From so many changes on it is asked before they are taken back. */
const many = 2;

type Change = NonNullable<ActivitySet['changes']>[number];

/** The idea that a change is about; undefined for none. */
function ideaOf({ kind, id, attr, old, new: after }: Change): number | undefined {
  if (kind === 'idea') return id;
  const { parent } = ((attr ? undefined : (after ?? old)) ?? {}) as { parent?: number };
  return parent;
}

/** What somebody did in one step, gathered by idea. */
export function Step({ set, ideas, onUndo }: StepProps) {
  const { person } = useProject();
  const [asking, setAsking] = useState(false);
  const name = set.actor ? (person(set.actor)?.name ?? t('field.unknownPerson')) : 'Cairn';
  const changes = set.changes ?? [];
  const byIdea = new Map<number | undefined, Change[]>();
  for (const change of changes) {
    const idea = ideaOf(change);
    byIdea.set(idea, [...(byIdea.get(idea) ?? []), change]);
  }
  const n = changes.length + (set.more ?? 0);
  const touched = byIdea.size - (byIdea.has(undefined) ? 1 : 0);
  const ask = () => (touched >= many || set.more ? setAsking(true) : onUndo?.());
  return (
    <li className={css.step}>
      <Avatar name={name} size={24} decorative />
      <div className={css.content}>
        <header className={css.head}>
          <strong>{name}</strong>
          <time className={css.quiet} dateTime={set.at} title={formatMoment(set.at)}>
            {formatRelative(set.at)}
          </time>
          {onUndo && (
            <span className={css.end}>
              <Button tone="ghost" onClick={ask}>
                {t('activity.undo')}
              </Button>
            </span>
          )}
        </header>
        {set.reason && <p className={css.reason}>“{set.reason}”</p>}
        <ul className={css.ideas}>
          {[...byIdea].map(([idea, own]) => (
            <li key={idea ?? 'other'}>
              {idea !== undefined && <IdeaName named={ideas[idea]} />}
              <ul className={css.changes}>
                {own
                  .filter(({ kind }) => kind === 'idea')
                  .map((change) => (
                    <li key={`${change.id} ${change.attr ?? ''}`}>
                      <ChangeText change={change} />
                    </li>
                  ))}
                {textsOf(own.filter(({ kind }) => kind !== 'idea')).map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        {set.more !== undefined && <p className={css.quiet}>{t('activity.more', { n: set.more })}</p>}
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('activity.undoTitle', { n })}
        confirm={t('activity.undo')}
        onConfirm={() => {
          setAsking(false);
          onUndo?.();
        }}
      >
        {t('activity.undoText', { name, when: formatMoment(set.at), n: touched })}
      </ConfirmDialog>
    </li>
  );
}

function IdeaName({ named: { key, title } = {} }: { named: Named | undefined }) {
  if (!key) return <span className={css.quiet}>{t('activity.gone')}</span>;
  return (
    <Link href={paths.idea(key)} className={css.idea}>
      <span className={css.key}>{key}</span> {title}
    </Link>
  );
}

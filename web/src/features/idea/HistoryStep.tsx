import '@/lib/messages/later/history.ts';
import { MessageCircleQuestionMark, RotateCcw } from 'lucide-react';
import { useMentions } from '@/fields/use-mentions.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { viewOfRank } from '@/sync/attrs.ts';
import { useIdeaLinks } from '@/sync/links.ts';
import { useProject } from '@/sync/project.tsx';
import type { Change } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { StepFrame } from '@/ui/StepFrame.tsx';
import { partsChanged } from '@/views/shared/merged-parts.ts';
import { ChangeValue, isLongChange, LongChange } from './ChangeValue.tsx';
import css from './History.module.css';
import { type HistorySet, originText, restorable } from './history.ts';

interface HistoryStepProps {
  set: HistorySet;
  /** The idea whose history it is. */
  idea: number;
  changes: readonly Change[];
  onRestore: ((attr: string) => void) | undefined;
  /** Says why, or says it anew; absent for what others did. */
  onSayWhy: (() => void) | undefined;
}

/** What somebody changed in one step. */
export function HistoryStep({ set, idea, changes, onRestore, onSayWhy }: HistoryStepProps) {
  const { person } = useProject();
  const name = set.actor ? (person(set.actor)?.name ?? t('field.unknownPerson')) : 'Cairn';
  return (
    <StepFrame
      name={name}
      href={set.actor ? paths.person(set.actor) : undefined}
      at={set.at}
      note={originText(set.origin)}
      reason={set.reason}
      end={
        onSayWhy && (
          <IconButton
            size="tiny"
            label={t('ui.sayWhy')}
            icon={MessageCircleQuestionMark}
            onClick={onSayWhy}
          />
        )
      }
    >
      <ul className={css.changes}>
        {changes.map((change) => (
          <ChangeLine
            key={`${change.kind} ${change.id} ${change.attr ?? 'whole'}`}
            change={change}
            idea={idea}
            onRestore={
              onRestore && change.attr && restorable(change) ? () => onRestore(change.attr ?? '') : undefined
            }
          />
        ))}
      </ul>
    </StepFrame>
  );
}

interface ChangeLineProps {
  change: Change;
  idea: number;
  onRestore: (() => void) | undefined;
}

/** What somebody did to a link, as this idea sees it: "INS-3 now finishes before this". */
function LinkChange({ change, idea }: { change: Change; idea: number }) {
  const { attr, old, new: after } = change;
  const { links } = useIdeaLinks(idea);
  const there = links.find(({ id }) => id === change.id);
  const said = attr ? undefined : linkSaid(after ?? old);
  const from = said?.from ?? there?.from.id;
  const other = from === idea ? (said?.to ?? there?.to.id) : from;
  const known = useMentions(other === undefined ? none : [other]).get(other ?? 0);
  const name = known?.key ? `${known.key} ${known.title ?? ''}` : t('history.link.anIdea');
  if (attr === 'lag')
    return t('history.link.lag', { idea: name, before: Number(old ?? 0), after: Number(after ?? 0) });
  if (!said) return t('history.link.changed', { idea: name });
  const values = { type: said.type, idea: name };
  if (after === undefined)
    return t(from === idea ? 'history.link.out.removed' : 'history.link.in.removed', values);
  return t(from === idea ? 'history.link.out.made' : 'history.link.in.made', values);
}

const none: readonly number[] = [];

/** A link as a change keeps it that made or removed it. */
function linkSaid(whole: unknown): { from?: number; to?: number; type: string } {
  const { parent, attrs } = whole as { parent?: number; attrs?: { type?: string; to?: number } };
  return { from: parent, to: attrs?.to, type: attrs?.type ?? 'relates' };
}

/** What was merged into the idea, or taken out again. */
function partsText({ old, new: after }: Change): string {
  const { came, went } = partsChanged(old, after);
  return came ? t('idea.history.merged', { ideas: came }) : t('idea.history.unmerged', { ideas: went });
}

/** That the idea got another place in the order of one view. */
function MovedInView({ view }: { view: number }) {
  const { views } = useProject();
  const name = views.find(({ id }) => id === view)?.name;
  return (
    <li className={css.change}>
      {name ? t('idea.history.movedIn', { view: name }) : t('idea.history.movedInGone')}
    </li>
  );
}

function ChangeLine({ change, idea, onRestore }: ChangeLineProps) {
  const { field } = useProject();
  if (change.kind === 'link')
    return (
      <li className={css.change}>
        <LinkChange change={change} idea={idea} />
      </li>
    );
  if (change.kind === 'evidence') {
    const id = change.attr ? 'quoted' : change.new === undefined ? 'unlinked' : 'linked';
    return <li className={css.change}>{t(`idea.history.insight.${id}`)}</li>;
  }
  if (!change.attr) {
    return (
      <li className={css.change}>
        {t(change.new === undefined ? 'idea.history.deleted' : 'idea.history.created')}
      </li>
    );
  }
  if (change.attr === 'parts') return <li className={css.change}>{partsText(change)}</li>;
  if (change.attr === 'rank') return <li className={css.change}>{t('idea.history.moved')}</li>;
  const view = viewOfRank(change.attr);
  if (view !== undefined) return <MovedInView view={view} />;
  if (change.attr === 'coverImage') {
    const id = !change.new ? 'uncovered' : change.old ? 'recovered' : 'covered';
    return <li className={css.change}>{t(`idea.history.${id}`)}</li>;
  }
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

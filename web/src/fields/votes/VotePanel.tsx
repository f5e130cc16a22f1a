import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useLive } from '@/sync/live.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { type Ballot, type IdeaVote, ideaVotes, myBallots, vote, voteKeys } from '@/sync/votes.ts';
import { Avatar } from '@/ui/Avatar.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './votes.module.css';

/** Props of VotePanel. */
export interface VotePanelProps {
  idea: number;
  field: FieldInfo;
}

/** Who voted for an idea with a field, and the reader's own votes to change. */
export function VotePanel({ idea, field }: VotePanelProps) {
  const { project } = useProject();
  const given = useQuery({ queryKey: voteKeys.idea(idea), queryFn: ({ signal }) => ideaVotes(idea, signal) });
  const mine = useQuery({
    queryKey: voteKeys.mine(project.key),
    queryFn: ({ signal }) => myBallots(project.key, signal),
  });
  useLive(['votes'], ({ kind }) => kind === 'ballot');
  const votes = given.data?.filter((each) => each.field === field.ref);
  const ballot = mine.data?.find((each) => each.field === field.ref);
  const error = given.error ?? mine.error;
  if (error) {
    return (
      <p role="alert" className={css.note}>
        {error.message}
      </p>
    );
  }
  if (!votes || !ballot) return <Skeleton width="240px" height="72px" />;
  return (
    <div className={css.panel}>
      {hasRole(project.role, 'contributor') && <OwnVote idea={idea} field={field} ballot={ballot} />}
      <Voters votes={votes} />
    </div>
  );
}

function OwnVote({ idea, field, ballot }: VotePanelProps & { ballot: Ballot }) {
  const { session } = useProject();
  const queries = useQueryClient();
  const known = ballot.votes?.find((each) => each.idea === idea);
  const [amount, setAmount] = useState(known?.amount ?? 0);
  const [comment, setComment] = useState(known?.comment ?? '');
  const left = ballot.budget - ballot.spent + (known?.amount ?? 0) - amount;
  const give = async (next: number, why: string) => {
    setAmount(next);
    const done = await session.act(
      (group) => vote({ idea, field: field.ref, amount: next, comment: why.trim() }, group),
      () => void give(next, why),
    );
    if (!done) setAmount(known?.amount ?? 0);
    void queries.invalidateQueries({ queryKey: ['votes'] });
  };
  return (
    <section className={css.own} aria-label={t('field.votes.yours')}>
      <div className={css.line}>
        <span className={css.yours}>{t('field.votes.yours')}</span>
        <IconButton
          label={t('field.votes.fewer')}
          icon={Minus}
          size="tiny"
          tone="secondary"
          disabled={amount === 0}
          onClick={() => void give(amount - 1, comment)}
        />
        <output className={css.amount} aria-live="polite">
          {formatNumber(amount)}
        </output>
        <IconButton
          label={t('field.votes.more')}
          icon={Plus}
          size="tiny"
          tone="secondary"
          disabled={left <= 0}
          onClick={() => void give(amount + 1, comment)}
        />
      </div>
      <p className={css.left} role="status">
        {left > 0 ? t('field.votes.left', { left, budget: ballot.budget }) : t('field.votes.none')}
      </p>
      {amount > 0 && (
        <TextField
          size="small"
          value={comment}
          maxLength={500}
          placeholder={t('field.votes.why')}
          aria-label={t('field.votes.why')}
          onValueChange={setComment}
          onBlur={() => {
            if (comment.trim() !== (known?.comment ?? '')) void give(amount, comment);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void give(amount, comment);
          }}
        />
      )}
    </section>
  );
}

function Voters({ votes }: { votes: readonly IdeaVote[] }) {
  const { person } = useProject();
  if (votes.length === 0) return <p className={css.note}>{t('field.votes.nobody')}</p>;
  return (
    <ul className={css.voters}>
      {votes.map(({ user, amount, comment }) => {
        const name = person(user)?.name ?? t('field.unknownPerson');
        return (
          <li key={user}>
            <Avatar name={name} decorative />
            <span className={css.voter}>
              {name}
              {comment && <span className={css.why}>{comment}</span>}
            </span>
            <span className={css.count}>{formatNumber(amount)}</span>
          </li>
        );
      })}
    </ul>
  );
}

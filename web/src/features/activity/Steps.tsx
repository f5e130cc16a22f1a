import { Activity } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Select } from '@/ui/Select.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import css from './activity.module.css';
import { type Part, parts } from './calls.ts';
import type { ShownActivity } from './use-activity.ts';

const everything = 'all';

/** Chooses the kinds of changes. */
export function PartChoice({
  part,
  onPart,
}: {
  part: Part | undefined;
  onPart: (part: Part | undefined) => void;
}) {
  return (
    <Select
      className={css.choice}
      aria-label={t('activity.what')}
      options={[
        { value: everything, label: t('activity.all') },
        ...parts.map((each) => ({ value: each, label: t(`activity.${each}`) })),
      ]}
      value={part ?? everything}
      onValueChange={(next) => onPart(next === everything ? undefined : (next as Part))}
    />
  );
}

/** What happened as a list of steps, with what is said while there is none. */
export function Steps({
  shown,
  label,
  children,
}: {
  shown: ShownActivity;
  label: string;
  children: ReactNode;
}) {
  const { sets, loading, error, older, asking } = shown;
  return (
    <div className={css.page}>
      {error && <p role="alert">{error.message}</p>}
      {loading && <Skeleton width="100%" height="200px" />}
      {!loading && !error && sets.length === 0 && (
        <EmptyState icon={Activity} title={t('activity.none')}>
          {t('activity.noneText')}
        </EmptyState>
      )}
      {sets.length > 0 && (
        <ol className={css.steps} aria-label={label}>
          {children}
        </ol>
      )}
      {older && (
        <Button busy={asking} onClick={older}>
          {t('activity.older')}
        </Button>
      )}
    </div>
  );
}

import { formatDay } from '@/lib/days.ts';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { type Insight, type LikeInsight, useFindInsights } from '@/sync/insights.ts';
import { evidenceKey } from '@/sync/insights-live.ts';
import { useProject } from '@/sync/project.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { Finder } from '@/views/shared/Finder.tsx';
import css from './insights.module.css';

/** Props of Same. */
export interface SameProps {
  insight: Insight;
  alike: readonly LikeInsight[];
  /** The line that finds others is open. */
  asked: boolean;
  onLeave: () => void;
  onChoose: (whole: { id: number; title: string }) => void;
}

/** Insights that may say the same, to merge this one into. */
export function Same({ insight, alike, asked, onLeave, onChoose }: SameProps) {
  const find = useFindInsights();
  const { session } = useProject();
  if (!asked && alike.length === 0) return null;
  const line = (one: Insight | LikeInsight) => (
    <>
      <span className={css.like}>{one.title}</span>
      <span className={css.terms}>
        {[one.personName, one.companyName, formatDay(one.on)].filter(Boolean).join(' · ')}
        {'terms' in one && one.terms
          ? ` · ${t('insights.terms', { terms: formatList(one.terms.slice(0, 6)) })}`
          : ''}
      </span>
    </>
  );
  return (
    <section className={css.group}>
      <h2 className={css.heading}>
        {t('insights.same.title')} {!asked && <Kbd keys="m" />}
      </h2>
      {asked ? (
        <Finder
          label={t('insights.mergeInto')}
          queryKey={[...evidenceKey, 'find', session.key]}
          find={find}
          offered={alike}
          except={[insight.id]}
          autoFocus
          onLeave={onLeave}
          onChoose={onChoose}
        >
          {(one: Insight | LikeInsight) => <span className={css.found}>{line(one)}</span>}
        </Finder>
      ) : (
        <ul className={css.choices}>
          {alike.slice(0, 3).map((one) => (
            <li key={one.id}>
              <button type="button" className={`${css.choice} ${css.one}`} onClick={() => onChoose(one)}>
                {line(one)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

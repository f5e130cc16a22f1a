import { Link } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import css from './activity.module.css';
import { byIdea, type Change } from './by-idea.ts';
import { ChangeText, textsOf } from './ChangeText.tsx';

/** What an idea is called. */
export interface Named {
  key?: string;
  title?: string;
}

/** Changes in words, gathered by idea. */
export function ChangesByIdea({
  changes,
  ideas,
}: {
  changes: readonly Change[];
  ideas: Readonly<Record<string, Named>>;
}) {
  return (
    <ul className={css.ideas}>
      {[...byIdea(changes)].map(([idea, own]) => (
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

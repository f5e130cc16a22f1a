import { useState } from 'react';
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

/** What ideas and insights are called. */
export interface Names {
  ideas: Readonly<Record<string, Named>>;
  insights?: Readonly<Record<string, string>>;
}

/** Up to so many things are all shown; of more only the first few. */
const all = 5;
const few = 3;

/** Props of ChangesByIdea. */
export interface ChangesByIdeaProps {
  changes: readonly Change[];
  names: Names;
  /** How many further changes there are. */
  more?: number | undefined;
}

/** Changes in words, gathered by idea; of many the first few, until one asks for more. */
export function ChangesByIdea({ changes, names, more = 0 }: ChangesByIdeaProps) {
  const [open, setOpen] = useState(false);
  const gathered = byIdea(changes);
  const others = textsOf(gathered.get(undefined) ?? [], names.insights);
  gathered.delete(undefined);
  const ideas = [...gathered];
  const things = ideas.length + others.length;
  const shown = open || things <= all ? things : few;
  const hidden = ideas.slice(shown).reduce((sum, [, own]) => sum + own.length, 0);
  const left = hidden + others.length - others.slice(0, Math.max(0, shown - ideas.length)).length;
  return (
    <>
      <ul className={css.ideas}>
        {ideas.slice(0, shown).map(([idea, own]) => (
          <li key={idea}>
            <IdeaName named={names.ideas[idea ?? 0]} />
            <ul className={css.changes}>
              {own
                .filter(({ kind }) => kind === 'idea')
                .map((change, at) => (
                  // One attribute may have changed in several steps of a group.
                  // biome-ignore lint/suspicious/noArrayIndexKey: what was done does not change
                  <li key={at}>
                    <ChangeText change={change} />
                  </li>
                ))}
              {textsOf(
                own.filter(({ kind }) => kind !== 'idea'),
                names.insights,
              ).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </li>
        ))}
        {others.slice(0, Math.max(0, shown - ideas.length)).map((text) => (
          <li key={text} className={css.changes}>
            {text}
          </li>
        ))}
      </ul>
      {left > 0 ? (
        <button type="button" className={css.more} aria-expanded={false} onClick={() => setOpen(true)}>
          {t('activity.more', { n: left + more })}
        </button>
      ) : (
        more > 0 && <p className={css.quiet}>{t('activity.more', { n: more })}</p>
      )}
    </>
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

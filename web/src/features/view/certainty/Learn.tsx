import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { Ranking } from '@/sync/certainty.ts';
import { useProject } from '@/sync/project.tsx';
import css from './certainty.module.css';
import type { CertaintyShared } from './use-certainty.ts';
import { chanceWords } from './words.ts';

/** What to find out next, best first: each a sentence that leads to the field. */
export function Learn({ data, nameOf, open }: CertaintyShared & { data: Ranking }) {
  const { field } = useProject();
  const lessons = data.learn ?? [];
  if (lessons.length === 0) return <p className={css.note}>{t('certainty.nothing', { n: data.top })}</p>;
  return (
    <>
      <p className={css.legend}>{t('certainty.learnLegend', { n: data.top })}</p>
      <ol className={css.lessons}>
        {lessons.map((lesson) => {
          const { key, title } = nameOf(lesson.id);
          const name = field(lesson.field)?.name ?? lesson.field;
          return (
            <li key={`${lesson.id} ${lesson.field}`}>
              <button type="button" className={css.lesson} onClick={() => open(key, lesson.field)}>
                <strong>{t('certainty.lesson', { field: name, title })}</strong>
                <span>
                  {t('certainty.why', {
                    low: formatNumber(lesson.range.low),
                    high: formatNumber(lesson.range.high),
                    chance: chanceWords(lesson.chance),
                    n: data.top,
                    decided: chanceWords(lesson.decided),
                  })}
                </span>
                {lesson.changes > 0 && (
                  <span>{t('certainty.changes', { chance: chanceWords(lesson.changes), n: data.top })}</span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}

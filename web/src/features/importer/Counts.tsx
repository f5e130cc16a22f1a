import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { Run, Counts as RunCounts } from './calls.ts';
import type { Home } from './home.ts';
import css from './importer.module.css';

const always = ['created', 'updated', 'unchanged', 'refused'] as const;
const others = [
  'refusedRows',
  'comments',
  'fields',
  'options',
  'people',
  'links',
  'kept',
  'warnings',
] as const;

/** Whom an import adds by the way: those whom its rows name. */
const known = { ideas: 'people', insights: 'customers', customers: 'companies' } as const;

/** What an import did or would do, in numbers; a number that is rarely there is left out when it is 0. */
export function Counts({ counts, home }: { counts: RunCounts; home: Home }) {
  const shown = [...always, ...others.filter((name) => (counts[name] ?? 0) > 0)];
  return (
    <dl className={css.counts}>
      {shown.map((name) => (
        <div
          key={name}
          className={css.count}
          data-tone={name.startsWith('refused') && (counts[name] ?? 0) > 0 ? 'danger' : undefined}
        >
          <dt className={css.quiet}>
            {t(`importer.count.${name === 'people' ? known[home] : name}`, {
              n: counts[name] ?? 0,
            })}
          </dt>
          <dd className={css.number}>{formatNumber(counts[name] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is known of an import in one line. */
export function countsText(run: Run): string {
  const { counts, rows, state, reverted, kept } = run;
  if (state === 'undone') return t('importer.undoneCounts', { n: reverted, kept });
  if (state === 'staged' || state === 'mapped') return t('importer.rows', { n: rows });
  return t(run.subject === 'ideas' ? 'importer.committedCounts' : 'importer.committedRows', {
    created: formatNumber(counts.created),
    updated: formatNumber(counts.updated),
    unchanged: formatNumber(counts.unchanged),
    refused: formatNumber(counts.refused),
    n: counts.comments,
  });
}

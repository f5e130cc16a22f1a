import { Download } from 'lucide-react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { type Problem, type RunDetail, reportAddress } from './calls.ts';
import css from './importer.module.css';

const tones = { refused: 'danger', warning: 'warning', kept: 'neutral' } as const;

/** The most problems that are listed here; the report has every one. */
const listed = 200;

/** Cells and rows that were not taken as they are, and the report that has all of them. */
export function Problems({ run }: { run: RunDetail }) {
  const problems = run.result?.problems ?? [];
  const { refused, warnings, kept } = run.counts;
  const total = Math.max(refused + warnings + kept, problems.length);
  if (problems.length === 0) return <p className={css.text}>{t('importer.noProblems')}</p>;
  return (
    <div className={css.section}>
      <div className={css.sectionHead}>
        <h3 id="import-problems" className={css.title}>
          {t('importer.problems')}
        </h3>
        <a className={css.link} href={reportAddress(run.id)} download>
          <Icon of={Download} size={14} />
          {t('importer.report')}
        </a>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <div className={css.tableBox} role="region" aria-labelledby="import-problems" tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('importer.row')}</th>
              <th scope="col">{t('importer.column')}</th>
              <th scope="col">{t('importer.value')}</th>
              <th scope="col">{t('importer.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.slice(0, listed).map((problem, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell can have several problems, and the list never changes its order.
              <ProblemRow key={at} problem={problem} />
            ))}
          </tbody>
        </table>
      </div>
      {total > listed && (
        <p className={css.quiet}>
          {t('importer.moreProblems', {
            shown: formatNumber(Math.min(listed, problems.length)),
            total: formatNumber(total),
          })}
        </p>
      )}
    </div>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { row, line, level } = problem;
  return (
    <tr>
      <td title={line ? t('importer.line', { n: line }) : undefined}>{row ? formatNumber(row) : '–'}</td>
      <td>{problem.column ?? t('importer.wholeRow')}</td>
      <td className={css.cell}>{problem.value ?? ''}</td>
      <td>
        <Badge tone={tones[level]}>{t(`importer.level.${level}`)}</Badge> {problem.reason}
      </td>
    </tr>
  );
}

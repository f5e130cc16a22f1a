import { formatList, formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Counts } from './Counts.tsx';
import { dryRunImport, type Result, type RunDetail } from './calls.ts';
import { type Home, homeOf } from './home.ts';
import css from './importer.module.css';
import { newFieldType } from './mapping.ts';
import { Problems } from './Problems.tsx';
import { useDoing, useKeepRun } from './use-runs.ts';

/** Props of CheckStep. */
export interface CheckStepProps {
  run: RunDetail;
  /** The import is being begun. */
  busy: boolean;
  onBack: () => void;
  onCommit: () => void;
}

/** What a commit would do, before anything is changed. */
export function CheckStep({ run, busy, onBack, onCommit }: CheckStepProps) {
  const { project } = useProject();
  const { result } = run;
  if (!result?.dryRun) return <NotChecked run={run} />;
  const home = homeOf(run.subject);
  const { created, updated, comments } = result.counts;
  const nothing = created + updated + comments === 0;
  return (
    <div className={css.section}>
      <h3 className={css.title}>
        {t(`importer.would.${home === 'customers' ? 'workspace' : 'project'}`, { project: project.name })}
      </h3>
      <Counts counts={result.counts} home={home} />
      <NewThings result={result} home={home} />
      <Problems run={run} />
      <footer className={css.bar}>
        {nothing && <Banner>{t('importer.nothing')}</Banner>}
        <div className={css.foot}>
          <Button onClick={onBack}>{t('importer.back')}</Button>
          <Button tone="primary" busy={busy} onClick={onCommit}>
            {t(`importer.commit.${home}`, { n: created + updated, count: formatNumber(created + updated) })}
          </Button>
        </div>
      </footer>
    </div>
  );
}

/** The address may be opened before the file was checked, or after its mapping was changed. */
function NotChecked({ run }: { run: RunDetail }) {
  const { keep } = useKeepRun();
  const { busy, failure, run: doing } = useDoing();
  const check = () => doing(async () => keep(await dryRunImport(run.id)));
  return (
    <>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      <EmptyState
        level={3}
        title={t('importer.notChecked')}
        actions={
          <Button tone="primary" busy={busy} onClick={() => void check()}>
            {t('importer.dryRun')}
          </Button>
        }
      >
        {t('importer.notCheckedText')}
      </EmptyState>
    </>
  );
}

/** New fields, options and people, by name. */
function NewThings({ result, home }: { result: Result; home: Home }) {
  const fields = result.fields ?? [];
  const people = result.people ?? [];
  if (fields.length + people.length === 0) return null;
  return (
    <details className={css.details}>
      <summary>{t(home === 'ideas' ? 'importer.newThings' : 'importer.newThings.customers')}</summary>
      <dl className={css.things}>
        {fields.map(({ field, type, new: made, options }) => (
          <div key={field}>
            <dt>
              {made
                ? t('importer.newField', { name: field, type: t(`project.type.${newFieldType(type)}`) })
                : t('importer.moreOptions', { name: field })}
            </dt>
            {(options ?? []).length > 0 && <dd className={css.text}>{formatList(options ?? [])}</dd>}
          </div>
        ))}
        {people.length > 0 && (
          <div>
            <dt>{t(home === 'ideas' ? 'importer.newPeople' : 'importer.newCustomers')}</dt>
            <dd className={css.text}>{formatList(people)}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}

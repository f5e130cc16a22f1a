import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { ColumnList } from './ColumnList.tsx';
import { dryRunImport, type Mapping, mapImport, type RunDetail } from './calls.ts';
import { Found } from './Found.tsx';
import css from './importer.module.css';
import { changesShape, columnsOf, type OptionName, withOption } from './mapping.ts';
import { SavedMappings } from './SavedMappings.tsx';
import { useDraft } from './use-draft.ts';
import { useDoing, useKeepRun } from './use-runs.ts';

/** Props of MapStep. */
export interface MapStepProps {
  run: RunDetail;
  /** Called when the dry run is done. */
  onNext: () => void;
  onLeave: () => void;
}

/** What was found in the file, and where its columns go. */
export function MapStep({ run, onNext, onLeave }: MapStepProps) {
  const { draft, changed, change, settle } = useDraft(run);
  const { keep } = useKeepRun();
  const { busy, failure, run: doing } = useDoing();
  const [reading, setReading] = useState(false);
  const columns = run.survey.columns ?? [];
  const mapped = columnsOf(draft, columns);

  const send = async (mapping: Mapping) => {
    keep(await mapImport(run.id, mapping));
    settle();
  };
  const reread = async (mapping: Mapping) => {
    setReading(true);
    await doing(() => send(mapping));
    setReading(false);
  };
  const answer = (name: OptionName, choice: string) =>
    void reread({
      options: withOption(run.survey.options, name, choice),
      columns: changesShape(name) ? [] : mapped,
    });
  const next = async () => {
    const done = await doing(async () => {
      if (changed) await send({ columns: mapped });
      keep(await dryRunImport(run.id));
      return true;
    });
    if (done) onNext();
  };
  return (
    <div className={css.section} aria-busy={reading}>
      <Found
        run={run}
        disabled={busy}
        onAnswer={answer}
        onFormat={(format) => void reread({ format, columns: [] })}
      />
      <section className={css.section} aria-labelledby="import-columns">
        <div className={css.sectionHead}>
          <h3 id="import-columns" className={css.title}>
            {t('importer.columns')}
          </h3>
          {run.subject === 'ideas' && <SavedMappings run={run} draft={draft} onApply={change} />}
        </div>
        <p className={css.text}>{t('importer.columnsText')}</p>
        <ColumnList run={run} draft={draft} disabled={reading} onChange={change} />
      </section>
      {run.subject === 'ideas' && (
        <Field label={t('importer.people')} hint={t('importer.peopleHint')} className={css.people}>
          <Select
            options={[
              { value: 'placeholder', label: t('importer.people.placeholder') },
              { value: 'skip', label: t('importer.people.skip') },
            ]}
            value={run.mapping.people ?? 'placeholder'}
            disabled={busy}
            onValueChange={(people) => void reread({ columns: mapped, people })}
          />
        </Field>
      )}
      <footer className={css.bar}>
        {failure && <Banner tone="danger">{failure.message}</Banner>}
        <div className={css.foot}>
          <Button onClick={onLeave}>{t('importer.back')}</Button>
          <Button tone="primary" busy={busy && !reading} disabled={reading} onClick={() => void next()}>
            {t('importer.dryRun')}
          </Button>
        </div>
      </footer>
    </div>
  );
}

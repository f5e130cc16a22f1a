import { formatBytes } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import type { Note, RunDetail } from './calls.ts';
import css from './importer.module.css';
import { asSentence, type OptionName, optionName, optionNames } from './mapping.ts';
import { ReadOption } from './ReadOption.tsx';

/** Props of Found. */
export interface FoundProps {
  run: RunDetail;
  disabled: boolean;
  onAnswer: (option: OptionName, choice: string) => void;
  onFormat: (format: string) => void;
}

const totals = [
  'comments',
  'commentsMissing',
  'attachments',
  'links',
  'archived',
  'skipped',
  'refused',
] as const;

/** The option that a note asks about, when it can be answered here; of time zones a file suggests only one. */
function questionOf(note: Note): OptionName | undefined {
  const name = optionName(note.option);
  return name === 'timeZone' || (note.choices?.length ?? 0) > 1 ? name : undefined;
}

/** Whether there is an answer that could be another one; what identifies a row is chosen among the columns. */
function isSettled({ options, sheets }: RunDetail['survey'], name: OptionName): boolean {
  if (name === 'idColumn') return false;
  if (name === 'sheet') return (sheets?.length ?? 0) > 1;
  return Boolean(options[name]);
}

/** How its rows are known when the file comes again. */
function identityOf({ subject, survey, mapping }: RunDetail) {
  if (subject === 'ideas') return survey.identity.how;
  if (subject !== 'insights') return 'customers';
  return mapping.columns?.some(({ target }) => target === 'external_id') ? 'insightId' : 'insight';
}

/** What was found in a file, and the questions it leaves open. */
export function Found({ run, disabled, onAnswer, onFormat }: FoundProps) {
  const { survey } = run;
  const formats = run.formats ?? [];
  const notes = survey.notes ?? [];
  const asked = notes.flatMap((note) => {
    const name = questionOf(note);
    return name ? [{ name, note }] : [];
  });
  const said = notes.filter((note) => !questionOf(note));
  const settled = optionNames.filter(
    (name) => isSettled(survey, name) && !asked.some((each) => each.name === name),
  );
  const facts = [
    t('importer.rows', { n: survey.rows }),
    t('importer.columnCount', { n: survey.columns?.length ?? 0 }),
    ...totals
      .filter((name) => survey.totals[name] > 0)
      .map((name) => t(`importer.total.${name}`, { n: survey.totals[name] })),
    formatBytes(run.size),
  ];
  return (
    <section className={css.section} aria-labelledby="import-found">
      <h3 id="import-found" className={css.title}>
        {t('importer.found')}
      </h3>
      <div className={css.card}>
        <p>
          <strong>{survey.title}</strong>
          {survey.name && <span className={css.text}> {survey.name}</span>}
        </p>
        <p className={css.text}>{facts.join(' · ')}</p>
        <p className={css.quiet}>
          {t(`importer.identity.${identityOf(run)}`, {
            column:
              survey.columns?.find(({ key }) => key === survey.identity.column)?.name ??
              survey.identity.column ??
              '',
          })}
        </p>
        <div className={css.questions}>
          {formats.length > 1 && (
            <Field
              label={t('importer.format')}
              hint={asSentence(formats.find(({ name }) => name === survey.format)?.why ?? '')}
            >
              <Select
                options={formats.map(({ name }) => ({
                  value: name,
                  label: name === survey.format ? survey.title : name,
                }))}
                value={survey.format}
                disabled={disabled}
                onValueChange={onFormat}
              />
            </Field>
          )}
          {asked.map(({ name, note }) => (
            <ReadOption
              key={name}
              run={run}
              name={name}
              hint={note.text}
              suggested={note.choices ?? []}
              disabled={disabled}
              onAnswer={onAnswer}
            />
          ))}
        </div>
        {settled.length > 0 && (
          <details>
            <summary className={css.text}>{t('importer.readHow')}</summary>
            <div className={css.questions}>
              {settled.map((name) => (
                <ReadOption key={name} run={run} name={name} disabled={disabled} onAnswer={onAnswer} />
              ))}
            </div>
          </details>
        )}
      </div>
      {said.map((note) => (
        <Banner
          key={`${note.code}${note.column}${note.text}`}
          tone={note.level === 'warning' ? 'warning' : 'info'}
        >
          {note.text}
        </Banner>
      ))}
    </section>
  );
}

import { formatBytes, formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import type { Note, RunDetail } from './calls.ts';
import css from './importer.module.css';
import { type OptionName, optionName } from './mapping.ts';

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

/** What was found in a file, and the questions it leaves open. */
export function Found({ run, disabled, onAnswer, onFormat }: FoundProps) {
  const { survey } = run;
  const formats = run.formats ?? [];
  const notes = survey.notes ?? [];
  const asked = notes.filter((note) => optionName(note.option) && (note.choices?.length ?? 0) > 1);
  const said = notes.filter((note) => !asked.includes(note));
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
          {t(`importer.identity.${survey.identity.how}`, {
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
              hint={formats.find(({ name }) => name === survey.format)?.why}
            >
              <Select
                options={formats.map(({ name }) => ({ value: name, label: name }))}
                value={survey.format}
                disabled={disabled}
                onValueChange={onFormat}
              />
            </Field>
          )}
          {asked.map((note) => (
            <Question
              key={`${note.code}${note.column}`}
              run={run}
              note={note}
              disabled={disabled}
              onAnswer={onAnswer}
            />
          ))}
        </div>
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

interface QuestionProps extends Omit<FoundProps, 'onFormat'> {
  note: Note;
}

function Question({ run, note, disabled, onAnswer }: QuestionProps) {
  const name = optionName(note.option);
  if (!name) return null;
  const now = run.survey.options[name];
  const choices = note.choices ?? [];
  const value = now === undefined || now === '' ? (choices[0] ?? null) : String(now);
  const offered = value === null || choices.includes(value) ? choices : [value, ...choices];
  return (
    <Field label={t(`importer.option.${name}`)} hint={note.text}>
      <Select
        options={offered.map((choice) => ({ value: choice, label: choiceLabel(run, name, choice) }))}
        value={value}
        disabled={disabled}
        onValueChange={(choice) => onAnswer(name, choice)}
      />
    </Field>
  );
}

/** A choice in words: the server's are those of the option itself, such as dmy. */
function choiceLabel(run: RunDetail, name: OptionName, choice: string): string {
  switch (name) {
    case 'dateOrder':
      return choice === 'mdy' ? t('importer.choice.mdy') : t('importer.choice.dmy');
    case 'decimal':
      return choice === ',' ? t('importer.choice.comma') : t('importer.choice.point');
    case 'delimiter':
      if (choice === '\t') return t('importer.choice.tab');
      if (choice === ',') return t('importer.choice.commas');
      if (choice === ';') return t('importer.choice.semicolons');
      return choice === '|' ? t('importer.choice.bars') : choice;
    case 'headerRow':
      return choice === '-1' ? t('importer.choice.noHeader') : t('importer.choice.header', { n: choice });
    case 'markup':
      return choice === 'wiki'
        ? t('importer.choice.wiki')
        : choice === 'html'
          ? 'HTML'
          : t('importer.choice.plain');
    case 'sheet': {
      const rows = run.survey.sheets?.find((sheet) => sheet.name === choice)?.rows ?? -1;
      return rows < 0
        ? choice
        : t('importer.choice.sheet', { name: choice, n: rows, rows: formatNumber(rows) });
    }
    case 'idColumn':
      return run.survey.columns?.find(({ key }) => key === choice)?.name ?? choice;
    default:
      return choice;
  }
}

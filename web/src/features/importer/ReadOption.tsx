import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Combobox } from '@/ui/Combobox.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import type { RunDetail } from './calls.ts';
import type { OptionName } from './mapping.ts';

/** Props of ReadOption. */
export interface ReadOptionProps {
  run: RunDetail;
  name: OptionName;
  /** The question, when the file leaves one open. */
  hint?: string;
  /** Choices that the file suggests, the guess first. */
  suggested?: readonly string[];
  disabled: boolean;
  onAnswer: (option: OptionName, choice: string) => void;
}

/** One choice about how a file is read. */
export function ReadOption({ run, name, hint, suggested = [], disabled, onAnswer }: ReadOptionProps) {
  const now = run.survey.options[name];
  const value = now === undefined || now === '' ? (suggested[0] ?? null) : String(now);
  const known = [...(value === null ? [] : [value]), ...suggested, ...usual(run, name)];
  const choices = [...new Set(known)].map((choice) => ({
    value: choice,
    label: choiceLabel(run, name, choice),
  }));
  return (
    <Field label={t(`importer.option.${name}`)} hint={hint}>
      {name === 'timeZone' ? (
        <Combobox
          label={t(`importer.option.${name}`)}
          options={choices}
          value={value}
          disabled={disabled}
          onValueChange={(choice) => choice !== null && onAnswer(name, choice)}
        />
      ) : (
        <Select
          options={choices}
          value={value}
          disabled={disabled}
          onValueChange={(choice) => onAnswer(name, choice)}
        />
      )}
    </Field>
  );
}

const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1251',
  'big5',
  'gb18030',
  'shift_jis',
  'euc-kr',
];

/** What every file may be read with. */
function usual(run: RunDetail, name: OptionName): string[] {
  switch (name) {
    case 'dateOrder':
      return ['dmy', 'mdy'];
    case 'decimal':
      return ['.', ','];
    case 'delimiter':
      return [',', ';', '\t', '|'];
    case 'encoding':
      return encodings;
    case 'headerRow':
      return ['1', '2', '3', '-1'];
    case 'markup':
      return ['plain', 'wiki', 'html'];
    case 'sheet':
      return (run.survey.sheets ?? []).map((sheet) => sheet.name);
    case 'timeZone':
      return ['UTC', Intl.DateTimeFormat().resolvedOptions().timeZone, ...Intl.supportedValuesOf('timeZone')];
    default:
      return [];
  }
}

const delimiters = new Map([
  ['\t', 'importer.choice.tab'],
  [',', 'importer.choice.commas'],
  [';', 'importer.choice.semicolons'],
  ['|', 'importer.choice.bars'],
] as const);

/** A choice in words: the server's are those of the option itself, such as dmy. */
function choiceLabel(run: RunDetail, name: OptionName, choice: string): string {
  switch (name) {
    case 'dateOrder':
      return t(choice === 'mdy' ? 'importer.choice.mdy' : 'importer.choice.dmy');
    case 'decimal':
      return t(choice === ',' ? 'importer.choice.comma' : 'importer.choice.point');
    case 'delimiter': {
      const known = [...delimiters].find(([each]) => each === choice);
      return known ? t(known[1]) : choice;
    }
    case 'headerRow':
      return choice === '-1' ? t('importer.choice.noHeader') : t('importer.choice.header', { n: choice });
    case 'markup':
      if (choice === 'html') return t('importer.choice.html');
      return t(choice === 'wiki' ? 'importer.choice.wiki' : 'importer.choice.plain');
    case 'sheet': {
      const rows = run.survey.sheets?.find((sheet) => sheet.name === choice)?.rows ?? -1;
      const values = { name: choice, n: rows, rows: formatNumber(rows) };
      return rows < 0 ? choice : t('importer.choice.sheet', values);
    }
    case 'timeZone':
      return choice.replaceAll('_', ' ');
    case 'idColumn':
      return run.survey.columns?.find(({ key }) => key === choice)?.name ?? choice;
    default:
      return choice;
  }
}

import { formatLocale } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import type { Option, Person } from '@/sync/types.ts';
import type { CodecContext, Parsed } from './types.ts';

/** The sign that this language puts before decimals. */
function decimalSign(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find((part) => part.type === 'decimal')?.value ?? '.';
}

/** Which sign of a number's text stands before its decimals, if any. */
function decimalIn(text: string, locale: string): string | undefined {
  const signs = [...text].filter((sign) => sign === '.' || sign === ',');
  const last = signs.at(-1);
  if (last === undefined) return undefined;
  const kinds = new Set(signs);
  if (kinds.size === 2) return last;
  if (signs.length > 1) return undefined;
  if (last === decimalSign(locale)) return last;
  // A lone grouping sign groups only before exactly three digits.
  return /[.,]\d{3}$/.test(text) ? undefined : last;
}

/**
 * Reads a number as people and spreadsheets write it: 1,234.5 · 1.234,5 · 40 % · € 12.00 · (12) for −12.
 * Undefined when it is no number.
 */
export function parseNumber(text: string, locale: string = formatLocale()): number | undefined {
  let bare = text
    .normalize('NFKC')
    .replace(/[\s'’\u00a0\u202f]/g, '')
    .replace(/^[−–]/, '-')
    .replace(/^\((.+)\)$/, '-$1');
  bare = bare.replace(/^(-?)[^\d.,+-]{1,4}/u, '$1').replace(/[^\d.,]{1,12}$/u, '');
  if (!/^[-+]?[\d.,]*\d[\d.,]*(e[-+]?\d+)?$/i.test(bare)) return undefined;
  const decimal = decimalIn(bare, locale);
  const plain = [...bare].map((sign) => (sign === decimal ? '.' : /[.,]/.test(sign) ? '' : sign)).join('');
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** A number for a spreadsheet: the reader's decimal sign, no grouping, all its digits. */
export function writeNumber(value: number): string {
  return new Intl.NumberFormat(formatLocale(), { useGrouping: false, maximumFractionDigits: 15 }).format(
    value,
  );
}

/** Text cut into the names of a list, at commas, semicolons and line breaks; "quoted" names may hold them. */
export function splitNames(text: string): string[] {
  const names = text.match(/\s*"(?:[^"]|"")*"\s*(?=[,;\n]|$)|[^,;\n]+/g) ?? [];
  return [
    ...new Set(
      names
        .map((name) =>
          name
            .trim()
            .replace(/^"(.*)"$/s, '$1')
            .replaceAll('""', '"')
            .trim(),
        )
        .filter(Boolean),
    ),
  ];
}

/** Names as one text that `splitNames` cuts again. */
export function joinNames(names: readonly string[]): string {
  return names.map((name) => (/[,;\n"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(', ');
}

const fold = (text: string) => text.trim().normalize('NFKC').toLocaleLowerCase();

/** The option of that name, letter case aside. */
export function optionNamed(options: readonly Option[], name: string): Option | undefined {
  return options.find((option) => fold(option.name) === fold(name));
}

/** The person of that name or e-mail address, letter case aside. */
export function personNamed(people: readonly Person[], name: string): Person | undefined {
  const wanted = fold(name);
  return (
    people.find((person) => fold(person.email ?? '') === wanted) ??
    people.find((person) => fold(person.name) === wanted)
  );
}

/** Several names as the ids of what they name; the first unknown one is the error. */
export function idsOf(
  names: readonly string[],
  find: (name: string) => { id: number } | undefined,
  unknown: (name: string) => string,
): Parsed {
  const ids: number[] = [];
  for (const name of names) {
    const found = find(name);
    if (!found) return { error: unknown(name) };
    if (!ids.includes(found.id)) ids.push(found.id);
  }
  return { value: ids.length > 0 ? ids : null };
}

/** The error for a text that is no value of a field. */
export function notA(
  kind: 'number' | 'rating' | 'date' | 'interval' | 'url' | 'checkbox',
  text: string,
): Parsed {
  return { error: t(`field.notA.${kind}`, { text: text.length > 60 ? `${text.slice(0, 60)}…` : text }) };
}

/** The ids of a value that holds several. */
export function idList(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.filter((id): id is number => typeof id === 'number') : [];
}

/** Ideas as a spreadsheet shows them: their keys. What cannot be read of here has none. */
export function keysOf(value: unknown, ideas: CodecContext['ideas']): string {
  return idList(value)
    .flatMap((id) => ideas?.get(id)?.key ?? [])
    .join(', ');
}

/** The ideas that a text names by their keys, as far as they are known here. */
export function ideasNamed(text: string, ideas: CodecContext['ideas']): Parsed {
  const byKey = new Map([...(ideas ?? [])].flatMap(([id, { key }]) => (key ? [[key, { id }] as const] : [])));
  return idsOf(
    splitNames(text),
    (name) => byKey.get(name.toUpperCase()),
    () => t('field.pickIdea'),
  );
}

/** The texts of a value that holds several. */
export function textList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string') : [];
}

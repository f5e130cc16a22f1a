import { t } from '@/lib/i18n.ts';

/** How pasted text is cut into insights. */
export type Split = 'lines' | 'blocks' | 'table';

/**
 * What a text looks like: rows copied from a spreadsheet, or blocks, which are paragraphs with blank lines between
 * them, some of several lines.
 */
export function guessSplit(text: string): Split {
  const lines = cut(text, 'table');
  if (lines.length > 1 && lines.filter((line) => line.includes('\t')).length * 3 >= lines.length * 2)
    return 'table';
  const blocks = cut(text, 'blocks');
  return blocks.length > 1 && blocks.some((block) => block.includes('\n')) ? 'blocks' : 'lines';
}

/** Cuts a text into insights. Marks of lists at the start of a line are left out, but in a table. */
export function cut(text: string, by: Split): string[] {
  const clean = text.replaceAll(/\r\n?/g, '\n');
  if (by === 'table') return clean.split('\n').filter((line) => line.trim() !== '');
  const parts = by === 'lines' ? clean.split('\n') : clean.split(/\n[ \t]*\n+/);
  return parts.map((part) => part.trim().replace(/^(?:[-*•]|\d+[.)])\s+/, '')).filter((part) => part !== '');
}

/** A pasted text as the file that is imported. */
export function pastedFile(text: string, by: Split): File {
  if (by === 'table') return new File([text], `${t('importer.pastedTable')}.tsv`);
  const rows = cut(text, by).map((note) => ({ note }));
  return new File([JSON.stringify(rows)], `${t('importer.pastedText')}.json`);
}

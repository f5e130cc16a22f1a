/** What an insight says, with nothing said twice. */
export interface Wording {
  title: string;
  note: string;
}

/**
 * The title and note of an insight as they are shown: of a note of one line that the title only begins, or
 * repeats, the whole line is the title.
 */
export function wording({ title, note }: Wording): Wording {
  const line = note.trim().replace(/[ \t\r]+/g, ' ');
  const start = title.replace(/…$/, '').trim();
  const said = line === start || (title.endsWith('…') && line.startsWith(start));
  return said && !line.includes('\n') ? { title: line, note: '' } : { title, note };
}

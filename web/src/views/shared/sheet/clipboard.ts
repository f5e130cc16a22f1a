/** Reads a text as a spreadsheet copies it: cells between tabs, rows between line breaks, "…" around cells that hold either. */
export function parseTSV(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '' && closes(source, at)) quoted = true;
    else if (sign === '\t' || sign === '\n') {
      row.push(cell);
      cell = '';
      if (sign === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += sign;
  }
  // Spreadsheets end the last row with a line break as well.
  if (cell !== '' || row.length > 0 || quoted) rows.push([...row, cell]);
  return rows;
}

/** Whether the quote at a place begins a quoted cell: one that is closed before the end of a cell. */
function closes(source: string, at: number): boolean {
  for (let next = source.indexOf('"', at + 1); next !== -1; next = source.indexOf('"', next + 1)) {
    if (source[next + 1] === '"') next += 1;
    else return next + 1 >= source.length || /[\t\n]/.test(source[next + 1] ?? '');
  }
  return false;
}

/** Writes cells as a spreadsheet reads them. */
export function writeTSV(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quote).join('\t')).join('\n');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Writes cells as a table in HTML, which spreadsheets and documents prefer. */
export function writeHTML(rows: readonly (readonly string[])[]): string {
  const plain = (cell: string) =>
    cell.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign).replaceAll('\n', '<br>');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${plain(cell)}</td>`).join('')}</tr>`);
  return `<table>${body.join('')}</table>`;
}

/** The text for a cell of the target when cells are pasted: a copied block repeats where it fits a whole number of times. */
export function pastedCell(
  block: readonly (readonly string[])[],
  row: number,
  column: number,
): string | undefined {
  const source = block[row % block.length];
  return source?.[column % source.length];
}

/** How far a pasted block reaches: over the whole target where it repeats evenly, else as far as itself. */
export function pasteSize(
  block: readonly (readonly string[])[],
  target: { rows: number; columns: number },
): { rows: number; columns: number } {
  const rows = block.length;
  const columns = Math.max(0, ...block.map((row) => row.length));
  const even = (size: number, wanted: number) => size > 0 && wanted > size && wanted % size === 0;
  return {
    rows: even(rows, target.rows) ? target.rows : rows,
    columns: even(columns, target.columns) ? target.columns : columns,
  };
}

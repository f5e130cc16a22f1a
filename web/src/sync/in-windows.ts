/** A window of a list, and how many the list has. */
export interface ListWindow<T> {
  rows: readonly T[];
  total: number;
}

/**
 * The first `limit` rows of a list of which one answer has at most `most`. A row that moved from one window to the next
 * in between stands once.
 */
export async function inWindows<T extends { id: number }, W extends ListWindow<T>>(
  { limit, most }: { limit: number; most: number },
  ask: (offset: number, limit: number) => Promise<W>,
): Promise<W> {
  const first = await ask(0, Math.min(limit, most));
  const rows = new Map(first.rows.map((row) => [row.id, row]));
  const end = Math.min(limit, first.total);
  for (let offset = most; offset < end; offset += most) {
    const next = await ask(offset, Math.min(most, end - offset));
    for (const row of next.rows) rows.set(row.id, row);
    if (next.rows.length === 0) break; // it became shorter meanwhile
  }
  return { ...first, rows: [...rows.values()] };
}

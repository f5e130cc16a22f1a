/** Something that may stand where the cursor is in an expression. */
export interface Completion {
  kind: 'field' | 'function';
  label: string;
  /** A quiet word behind the label: the way a function is called, a field's type. */
  detail: string;
  insert: string;
}

/** What may be put between `from` and `to`. */
export interface Completions {
  from: number;
  to: number;
  items: Completion[];
}

/** The names an expression can use. */
export interface Names {
  fields: readonly { name: string; detail: string }[];
  functions: readonly { name: string; signature: string }[];
}

const most = 8;
const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether the cursor stands within a text in quotes, where nothing is completed. */
function quoted(before: string): boolean {
  return (before.match(/"/g)?.length ?? 0) % 2 === 1;
}

/** Names that begin with what is typed, then those with a word that does, then those that hold it; the short first. */
function ranked<T>(items: readonly T[], typed: string, nameOf: (item: T) => string): T[] {
  const wanted = fold(typed);
  const rank = (item: T) => {
    const name = fold(nameOf(item));
    if (name.startsWith(wanted)) return 0;
    if (name.split(/[\s_-]+/).some((word) => word.startsWith(wanted))) return 1;
    return name.includes(wanted) ? 2 : 3;
  };
  return items
    .map((item, at) => ({ item, at, rank: rank(item) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || nameOf(a.item).length - nameOf(b.item).length || a.at - b.at)
    .map((each) => each.item);
}

/**
 * What may stand at the cursor of an expression: field names within braces; field names and functions where a word is
 * begun. Undefined where nothing is to be completed.
 */
export function completionsAt(text: string, cursor: number, names: Names): Completions | undefined {
  const before = text.slice(0, cursor);
  if (quoted(before)) return undefined;
  const fieldItems = (typed: string): Completion[] =>
    ranked(names.fields, typed, (field) => field.name).map(({ name, detail }) => ({
      kind: 'field',
      label: name,
      detail,
      insert: `{${name}}`,
    }));
  const brace = /\{([^{}]*)$/.exec(before);
  if (brace) {
    const end = /^[^{}()+*/^,\n]*\}/.exec(text.slice(cursor))?.[0].length ?? 0;
    const items = fieldItems(brace[1] ?? '').slice(0, most);
    return items.length > 0 ? { from: brace.index, to: cursor + end, items } : undefined;
  }
  const word = /[\p{L}_][\p{L}\p{M}\d_]*$/u.exec(before)?.[0];
  if (!word) return undefined;
  const functions = names.functions
    .filter(({ name }) => fold(name).startsWith(fold(word)))
    .map(
      ({ name, signature }): Completion => ({
        kind: 'function',
        label: name,
        detail: signature,
        insert: `${name}(`,
      }),
    );
  const items = [...fieldItems(word), ...functions].slice(0, most);
  return items.length > 0 ? { from: cursor - word.length, to: cursor, items } : undefined;
}

/** The text with a completion put in, and where the cursor then stands. */
export function complete(
  text: string,
  { from, to }: Completions,
  item: Completion,
): { text: string; cursor: number } {
  const rest = text.slice(to);
  const insert = item.kind === 'function' && rest.startsWith('(') ? item.insert.slice(0, -1) : item.insert;
  const inside = insert === item.insert ? 0 : 1;
  return { text: text.slice(0, from) + insert + rest, cursor: from + insert.length + inside };
}

/** A stretch of an expression, marked when something is wrong with it. */
export interface Stretch {
  text: string;
  wrong: boolean;
}

/** An expression cut where mistakes begin and end. Positions count characters (code points), as the server does. */
export function markErrors(text: string, errors: readonly { pos: number; end: number }[]): Stretch[] {
  const signs = [...text];
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { pos, end } of [...errors].sort((a, b) => a.pos - b.pos)) {
    const from = Math.max(at, Math.min(pos, signs.length));
    const to = Math.max(from, Math.min(Math.max(end, pos + 1), signs.length));
    if (from > at) stretches.push({ text: signs.slice(at, from).join(''), wrong: false });
    // A mistake at the end has nothing to underline but the place behind the last sign.
    stretches.push({ text: to > from ? signs.slice(from, to).join('') : ' ', wrong: true });
    at = to;
  }
  if (at < signs.length) stretches.push({ text: signs.slice(at).join(''), wrong: false });
  return stretches;
}

/** What a mention leads to. */
export interface Target {
  kind: 'person' | 'idea';
  id: number;
}

/** The mentions of a text being written, by how they stand in it: `@Ada Admin`, `INS-12`. */
export type Known = ReadonlyMap<string, Target>;

const link = /\[((?:[^[\]\\\n]|\\.)*)\]\(cairn:(person|idea)\/([1-9]\d{0,15})\)/g;
/** Fenced blocks and backticks: what stands there is no mention. */
const code = /(^|\n)(```|~~~)[\s\S]*?(?:\n\2[`~]*(?=\n|$)|$)|(`+)(?!`)[\s\S]*?[^`]\3(?!`)/g;

/** Where an address leads, when it is one of a mention. */
export function targetOf(href: string): Target | undefined {
  const found = /^cairn:(person|idea)\/([1-9]\d{0,15})$/.exec(href);
  return found ? { kind: found[1] as Target['kind'], id: Number(found[2]) } : undefined;
}

/** Where the content of an attached file is that an address names (cairn:file/12). */
export function fileAddress(href: string): string | undefined {
  const found = /^cairn:file\/([1-9]\d{0,15})$/.exec(href);
  return found ? `/api/v1/files/${found[1]}/content` : undefined;
}

/** Where a small picture of an attached image is. */
export function pictureAddress(file: number): string {
  return `/api/v1/files/${file}/thumbnail`;
}

/** The Markdown that shows an attached file, or links to it. */
export function fileLink({ id, name, inline }: { id: number; name: string; inline: boolean }): string {
  return `${inline ? '!' : ''}[${name.replace(/[\\[\]]/g, '\\$&')}](cairn:file/${id})`;
}

/** The Markdown of a mention. */
export function mentionLink(label: string, { kind, id }: Target): string {
  return `[${label.replace(/[\\[\]]/g, '\\$&').replace(/\n/g, ' ')}](cairn:${kind}/${id})`;
}

/** Rewrites a text outside its code. */
function inProse(text: string, rewrite: (prose: string) => string): string {
  let out = '';
  let at = 0;
  for (const found of text.matchAll(code)) {
    out += rewrite(text.slice(at, found.index)) + found[0];
    at = found.index + found[0].length;
  }
  return out + rewrite(text.slice(at));
}

/**
 * A stored text as it is written and changed by hand: mentions by the names of today. `name` tells the name of a person
 * or the key of an idea; a mention without one stays the link that it is.
 */
export function toTyped(stored: string, name: (target: Target) => string | undefined) {
  const known = new Map<string, Target>();
  const text = inProse(stored, (prose) =>
    prose.replace(link, (whole, _label: string, kind: Target['kind'], id: string) => {
      const target = { kind, id: Number(id) };
      const now = name(target);
      if (!now) return whole;
      const typed = kind === 'person' ? `@${now}` : now;
      const other = known.get(typed);
      if (other && other.id !== target.id) return whole; // two people of one name
      known.set(typed, target);
      return typed;
    }),
  );
  return { text, known };
}

/** A text written by hand as it is stored: the names of known mentions become links, the longest first. */
export function toStored(typed: string, known: Known): string {
  if (known.size === 0) return typed;
  const names = [...known.keys()].sort((a, b) => b.length - a.length);
  const escaped = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const any = new RegExp(
    `\\[[^\\]\\n]*\\]\\([^()\\n]*\\)|(?<![\\p{L}\\p{N}_/])(?:${escaped.join('|')})(?![\\p{L}\\p{N}_])`,
    'gu',
  );
  return inProse(typed, (prose) =>
    prose.replace(any, (found) => {
      const target = known.get(found);
      return target ? mentionLink(found, target) : found;
    }),
  );
}

/** What is being completed where one writes. */
export interface Completing {
  sign: '@' | '#';
  query: string;
  /** Where the sign stands. */
  from: number;
}

/** What the words before the caret ask to complete; undefined for nothing. */
export function completingAt(text: string, caret: number): Completing | undefined {
  const before = text.slice(Math.max(0, caret - 60), caret);
  const found = /(?:^|[\s([{"'„“‚*_>])([@#])([^\n@#]{0,40})$/u.exec(before);
  if (!found) return undefined;
  const [, sign, query = ''] = found;
  // A name has at most three words; after a heading's sign comes a space.
  if (/^\s/.test(query) || query.split(/\s+/).length > 3) return undefined;
  return { sign: sign as '@' | '#', query, from: caret - query.length - 1 };
}

/** The people whose name or address goes on as typed: names that begin so first. */
export function matchPeople<P extends { name: string; email?: string }>(
  people: readonly P[],
  query: string,
): P[] {
  const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
  const wanted = plain(query.trim());
  const score = ({ name, email }: P) => {
    const words = plain(name);
    if (words.startsWith(wanted)) return 0;
    if (words.split(/[\s-]+/).some((word) => word.startsWith(wanted))) return 1;
    if (email && plain(email).startsWith(wanted)) return 2;
    return words.includes(wanted) && wanted.length > 1 ? 3 : 4;
  };
  return people
    .map((person) => ({ person, score: score(person) }))
    .filter((each) => each.score < 4)
    .sort((a, b) => a.score - b.score || a.person.name.localeCompare(b.person.name))
    .map((each) => each.person);
}

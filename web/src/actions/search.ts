import uFuzzy from '@leeoniya/ufuzzy';
import { readStored, writeStored } from '@/lib/storage.ts';
import { type Registry, titleOf } from './registry.ts';
import { type Action, sections } from './types.ts';

// Unicode letters count as letters; one slip per word is forgiven.
const fuzzy = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraMode: 1,
});

/** Lower case without accents, so that "resume" finds "Résumé". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * The items whose text fits what is typed, best first; all of them in their order when nothing is typed.
 * Words may come in any order and may contain one slip each.
 */
export function fuzzyFilter<T>(items: readonly T[], query: string, textOf: (item: T) => string): T[] {
  const needle = plain(query).trim();
  if (needle === '') return [...items];
  const haystack = items.map((item) => plain(textOf(item)));
  const [found, info, order] = fuzzy.search(haystack, needle, 1);
  const ranked = order && info ? order.map((at) => info.idx[at]) : (found ?? []);
  return ranked.flatMap((at) => (at === undefined ? [] : (items[at] ?? [])));
}

const recentKey = 'cairn.recentActions';
const recentMax = 5;

/** The ids of the commands used last in the palette, the newest first. */
export function recentActions(): string[] {
  return (readStored(recentKey) ?? '').split(' ').filter(Boolean);
}

/** Remembers that a command was used. */
export function noteRecent(id: string): void {
  const others = recentActions().filter((known) => known !== id);
  writeStored(recentKey, [id, ...others].slice(0, recentMax).join(' '));
}

/** The commands the palette offers for what is typed. With nothing typed: by heading, in the order of the headings. */
export function searchActions(registry: Registry, query: string): Action[] {
  const listed = registry.available().filter((action) => !action.unlisted);
  if (query.trim() === '')
    return listed.toSorted((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section));
  return fuzzyFilter(listed, query, (action) => `${titleOf(action)} ${action.keywords ?? ''}`);
}

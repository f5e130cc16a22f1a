/** Letters without their accents, in capitals, and digits; nothing else. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

/** What a person types as a key, as far as it can be one. */
export function cleanKey(text: string): string {
  return plain(text).replaceAll(' ', '').slice(0, 10);
}

/**
 * A key for a project of that name that is not taken: the first letters of its words, or the beginning of its only
 * word; a digit behind it where it is taken. Empty when the name has no letters that a key may have.
 */
export function proposeKey(name: string, taken: readonly string[]): string {
  const words = plain(name)
    .replace(/^[\d ]+/, '')
    .split(' ')
    .filter(Boolean);
  const [first = ''] = words;
  const letters = words.length > 1 ? words.map((word) => word[0]).join('') : first.slice(0, 3);
  const base = letters.slice(0, 5);
  if (base === '') return '';
  const known = new Set(taken);
  const long = base.length < 2 ? `${first}X`.slice(0, 3) : base;
  if (!known.has(long)) return long;
  for (let at = 2; ; at += 1) if (!known.has(`${long}${at}`)) return `${long}${at}`;
}

/** Whether a text can be a project's key: 2 to 10 letters and digits, a letter first. */
export function isKey(text: string): boolean {
  return /^[A-Z][A-Z0-9]{1,9}$/.test(text);
}

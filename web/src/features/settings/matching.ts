import type { Person } from './calls.ts';

/** The people whose name or address holds every word of a text; those with an account first, in the order given. */
export function matching(people: readonly Person[], text: string): Person[] {
  const words = text.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  const found = people.filter((person) => {
    const known = `${person.name} ${person.email ?? ''}`.toLocaleLowerCase();
    return words.every((word) => known.includes(word));
  });
  return [...found.filter((person) => !person.placeholder), ...found.filter((person) => person.placeholder)];
}

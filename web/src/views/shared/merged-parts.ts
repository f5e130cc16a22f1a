interface Part {
  id: number;
  key: string;
  title: string;
}

const parts = (value: unknown) => (value ?? []) as readonly Part[];

function beyond(list: unknown, others: unknown): string {
  return parts(list)
    .filter(({ id }) => !parts(others).some((other) => other.id === id))
    .map(({ key, title }) => `${key} ${title}`)
    .join(', ');
}

/** Which ideas a change merged into one, and which it took out again, with the words of then; empty are none. */
export function partsChanged(old: unknown, after: unknown): { came: string; went: string } {
  return { came: beyond(after, old), went: beyond(old, after) };
}

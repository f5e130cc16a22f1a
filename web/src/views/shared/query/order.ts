/** The list with one field's entry moved to stand before another's, or last. */
export function movedBefore<T extends { field: string }>(
  list: readonly T[],
  ref: string,
  before: string | undefined,
): T[] {
  const moved = list.find((each) => each.field === ref);
  if (!moved || ref === before) return [...list];
  const others = list.filter((each) => each !== moved);
  const at = others.findIndex((each) => each.field === before);
  return at < 0 ? [...others, moved] : [...others.slice(0, at), moved, ...others.slice(at)];
}

/** The list with the entry at one place moved one place up. */
export function movedUp<T>(list: readonly T[], at: number): T[] {
  const next = [...list];
  const [moved] = next.splice(at, 1);
  if (moved !== undefined) next.splice(Math.max(0, at - 1), 0, moved);
  return next;
}

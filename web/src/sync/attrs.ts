/** The attributes of an idea that hold the id of something else. */
export type IdAttr = 'type' | 'parent' | 'coverImage';

/** Whether an attribute of an idea holds the id of something else. */
export function holdsId(attr: string): attr is IdAttr {
  return attr === 'type' || attr === 'parent' || attr === 'coverImage';
}

/** The view whose own order an attribute keeps ("r12"); undefined where it keeps none. */
export function viewOfRank(attr: string): number | undefined {
  const found = /^r(\d+)$/.exec(attr);
  return found ? Number(found[1]) : undefined;
}

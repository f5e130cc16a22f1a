/** The view whose own order an attribute keeps ("r12"); undefined where it keeps none. */
export function viewOfRank(attr: string): number | undefined {
  const found = /^r(\d+)$/.exec(attr);
  return found ? Number(found[1]) : undefined;
}

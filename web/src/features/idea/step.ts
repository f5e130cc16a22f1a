import type { ProjectSession } from '@/sync/project-session.ts';

/**
 * The key of the idea that stands next (1) or before (-1) an idea in the result on screen; undefined at its ends, and
 * where the idea does not stand in it.
 */
export async function neighbourOf(
  session: ProjectSession,
  idea: string,
  by: 1 | -1,
): Promise<string | undefined> {
  const number = Number(idea.slice(idea.lastIndexOf('-') + 1));
  for (const window of session.windows) {
    const found = window.loaded().find(({ row }) => row.number === number);
    if (!found) continue;
    const position = found.position + by;
    if (position < 0 || position >= window.state.get().length) return undefined;
    if (!window.row(position)) await window.load(position, position);
    const row = window.row(position);
    return row && `${session.key}-${row.number}`;
  }
  return undefined;
}

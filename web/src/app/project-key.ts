/** The key of the project that an address is about; undefined outside of projects. */
export function projectKeyOf(path: string): string | undefined {
  const inProject = /^\/p\/([^/]+)/.exec(path)?.[1];
  if (inProject) return decodeURIComponent(inProject).toUpperCase();
  // The key of an idea begins with its project's: INS-12.
  const idea = /^\/i\/([^/]+)/.exec(path)?.[1];
  return idea && /^([A-Za-z][A-Za-z\d]*)-\d+$/.exec(decodeURIComponent(idea))?.[1]?.toUpperCase();
}

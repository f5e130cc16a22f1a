/** The address of every page. What a view shows beyond that (filters, the open idea) lies in the search part. */
export const paths = {
  home: () => '/',
  signIn: () => '/signin',
  setup: () => '/setup',
  invite: () => '/invite',
  project: (key: string) => `/p/${encodeURIComponent(key)}`,
  view: (key: string, view: string | number) => `/p/${encodeURIComponent(key)}/v/${view}`,
  projectSettings: (key: string, section: string) => `/p/${encodeURIComponent(key)}/settings/${section}`,
  projectImport: (key: string) => `/p/${encodeURIComponent(key)}/import`,
  idea: (key: string) => `/i/${encodeURIComponent(key)}`,
  settings: (section: string) => `/settings/${section}`,
} as const;

/** The patterns of the same pages, as the router matches them. */
export const patterns = {
  home: '/',
  signIn: '/signin',
  setup: '/setup',
  invite: '/invite',
  project: '/p/:project',
  view: '/p/:project/v/:view',
  projectSettings: '/p/:project/settings/:section?',
  projectImport: '/p/:project/import',
  idea: '/i/:idea',
  settings: '/settings/:section?',
} as const;

/** Names of the search parts in use, so that no two features mean different things by one. */
export const searchKeys = {
  idea: 'idea',
  filter: 'filter',
  query: 'q',
  sort: 'sort',
  group: 'group',
  tab: 'tab',
} as const;

/** Where to go after signing in: an address on this site, else the start. Guards against leading people away. */
export function returnPath(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}

/** Reads the secret of a one-time link from the address's fragment (#token=…), which never reaches a server's log. */
export function tokenFrom(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
}

/** The address of every page. What a view shows beyond that (filters, the open idea) lies in the search part. */
export const paths = {
  home: () => '/',
  inbox: (part?: string) => (part ? `/inbox/${part}` : '/inbox'),
  person: (id: number) => `/people/${id}`,
  signIn: () => '/signin',
  setup: () => '/setup',
  invite: () => '/invite',
  project: (key: string) => `/p/${encodeURIComponent(key)}`,
  view: (key: string, view: string | number) => `/p/${encodeURIComponent(key)}/v/${view}`,
  projectSettings: (key: string, section: string) => `/p/${encodeURIComponent(key)}/settings/${section}`,
  projectImport: (key: string, of = '') => `/p/${encodeURIComponent(key)}/import${of}`,
  insights: (key: string) => `/p/${encodeURIComponent(key)}/insights`,
  activity: (key: string) => `/p/${encodeURIComponent(key)}/activity`,
  hygiene: (key: string) => `/p/${encodeURIComponent(key)}/hygiene`,
  captureInsight: (key: string) => `/p/${encodeURIComponent(key)}/capture`,
  insight: (key: string, id: number) => `/p/${encodeURIComponent(key)}/insights?stage=all&insight=${id}`,
  customers: (key: string) => `/p/${encodeURIComponent(key)}/customers`,
  customer: (key: string, id: number) => `/p/${encodeURIComponent(key)}/customers/${id}`,
  idea: (key: string) => `/i/${encodeURIComponent(key)}`,
  settings: (section: string) => `/settings/${section}`,
} as const;

/** The patterns of the same pages, as the router matches them. */
export const patterns = {
  home: '/',
  inbox: '/inbox/:part?',
  person: '/people/:person',
  signIn: '/signin',
  setup: '/setup',
  invite: '/invite',
  project: '/p/:project',
  view: '/p/:project/v/:view',
  projectSettings: '/p/:project/settings/:section?',
  projectImport: '/p/:project/import',
  insights: '/p/:project/insights',
  activity: '/p/:project/activity',
  hygiene: '/p/:project/hygiene',
  captureInsight: '/p/:project/capture',
  customers: '/p/:project/customers',
  customer: '/p/:project/customers/:customer',
  projectIdea: '/p/:project/ideas/:idea',
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
  certainty: 'certainty',
  at: 'at',
} as const;

/** Whether a path shows a view: the project's first one or another. */
export function isViewPath(path: string): boolean {
  return /^\/p\/[^/]+(\/v\/[^/]+)?\/?$/.test(path);
}

/**
 * The address that shows an idea: beside the view that is open, when that is one of the idea's own project, else on a
 * page of its own. `path` and `search` are those of the page that is open.
 */
export function ideaAddress(key: string, path: string, search: string): string {
  const project = key.slice(0, key.lastIndexOf('-'));
  const inView = new RegExp(`^/p/${encodeURIComponent(project)}(/v/[^/]+)?/?$`, 'i').test(path);
  if (!inView) return paths.idea(key);
  const params = new URLSearchParams(search);
  params.set(searchKeys.idea, key);
  return `${path}?${params}`;
}

/** Where to go after signing in: an address on this site, else the start. Guards against leading people away. */
export function returnPath(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? '/';
  return /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}

/** Reads the secret of a one-time link from the address's fragment (#token=…), which never reaches a server's log. */
export function tokenFrom(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
}

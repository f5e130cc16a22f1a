/** What people choose among: each stands for some kinds of things. */
const topics = {
  ideas: ['idea'],
  comments: ['comment'],
  votes: ['ballot'],
  insights: ['insight', 'evidence'],
  links: ['link'],
  reasons: ['reason'],
  files: ['file'],
  views: ['view', 'section'],
  fields: ['field', 'idea_type'],
  imports: ['run'],
  project: ['project', 'member'],
  customers: ['customer', 'customer_field'],
  workspace: ['workspace', 'user'],
} as const;

/** The name of a topic. */
export type Topic = keyof typeof topics;

const wide: readonly Topic[] = ['customers', 'workspace'];

/** The topics of a webhook: those of the workspace only are none of a project. */
export function topicsOf(project: string): Topic[] {
  const all = Object.keys(topics) as Topic[];
  return project === '' ? all : all.filter((topic) => !wide.includes(topic));
}

/** The topics that stand for some kinds; kinds that the API was told of one by one count for their topic. */
export function topicsFor(kinds: readonly string[]): Topic[] {
  return (Object.keys(topics) as Topic[]).filter((topic) =>
    topics[topic].some((kind) => kinds.includes(kind)),
  );
}

/** The kinds that some topics stand for. */
export function kindsFor(chosen: readonly Topic[]): string[] {
  return chosen.flatMap((topic) => [...topics[topic]]);
}

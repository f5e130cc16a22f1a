import '@/lib/messages/later/insights.ts';
import { Building2, MessageSquareQuote, User } from 'lucide-react';
import type { PaletteResult } from '@/actions/types.ts';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';

const most = 5;

/** What the palette needs to know of where one is. */
export interface Here {
  /** The key of the open project, else of any: customers are shown within one. */
  project: string | undefined;
  go: (path: string) => void;
  openIdea: (key: string) => void;
}

/** Insights and customers that the words typed find. */
export async function findEvidence(query: string, signal: AbortSignal, here: Here): Promise<PaletteResult[]> {
  const { insights, customers } = await send(
    client.GET('/search', { params: { query: { q: query.slice(0, 500), all: true, limit: most } }, signal }),
  );
  const { project, go, openIdea } = here;
  return [
    ...(insights ?? []).map(({ id, title, project: home, idea }) => ({
      id: `insight-${id}`,
      title,
      hint: home ?? idea,
      icon: MessageSquareQuote,
      run: () => (home ? go(paths.insight(home, id)) : openIdea(idea ?? '')),
    })),
    ...(project === undefined ? [] : (customers ?? [])).map(({ id, name, type }) => ({
      id: `customer-${id}`,
      title: name,
      hint: t(`customers.${type}`),
      icon: type === 'company' ? Building2 : User,
      run: () => go(paths.customer(project ?? '', id)),
    })),
  ];
}

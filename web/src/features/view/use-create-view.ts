import { useLocation } from 'wouter';
import { paths } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo, ViewInput } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';

const firstFields = 6;

/** A list of all ideas with the project's first fields. */
export function plainView(fields: readonly FieldInfo[]): Omit<ViewInput, 'name'> {
  const short = fields.filter((field) => field.type !== 'long_text' && !field.hidden);
  const columns = short.slice(0, firstFields).map((field) => ({ field: field.ref }));
  return { kind: 'list', position: 0, query: {}, columns };
}

/** Saves a new view behind the others, and goes there; `saved` is called in between. */
export function useCreateView(): (definition: ViewInput, saved?: () => void) => Promise<void> {
  const { project } = useProject();
  const writer = useViewWriter();
  const [, go] = useLocation();
  return async (definition, saved) => {
    const view = await writer.create({ ...definition, position: 0 });
    saved?.();
    go(paths.view(project.key, view.id));
  };
}

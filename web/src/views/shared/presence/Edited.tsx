import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useProject } from '@/sync/project.tsx';
import type { FlagProps } from './Flag.tsx';

const Flag = lazy(() => import('./Flag.tsx'));

/** What of an idea others are editing at this moment, with spaces between; "" for nothing. Comments are none of it. */
export function useEdited(idea: number | undefined): string {
  const { session, at } = useProject();
  const { around } = session.stream;
  return useSyncExternalStore(around.subscribe, () => {
    let fields = '';
    if (at === undefined)
      for (const each of around.get()?.editing ?? [])
        if (each.idea === idea && each.field !== 'comment') fields += ` ${each.field} `;
    return fields;
  });
}

/** Whether a field is among what of an idea others are editing. */
export function isEdited(now: string, field: string): boolean {
  return now.includes(` ${field} `);
}

/** The ring around a cell while somebody else edits it; `now` is what is edited of the idea. */
export function Edited({ now, ...props }: FlagProps & { now: string }) {
  if (now === '' || (props.field !== undefined && !isEdited(now, props.field))) return null;
  return (
    <Suspense fallback={null}>
      <Flag {...props} />
    </Suspense>
  );
}

/** The ring around a card while somebody else edits something of its idea. */
export function EditedCard({ idea }: { idea: number }) {
  return <Edited idea={idea} now={useEdited(idea)} />;
}

import { LayoutList } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { holdKeys } from '@/lib/hold-keys.ts';
import { hasRole } from '@/sync/facts.ts';
import { useOptionalProject } from '@/sync/project.tsx';

const NewViewDialog = lazy(() => import('./NewViewDialog.tsx'));

/** The id of the command that makes a view, for buttons that run it. */
export const newViewAction = 'view.new';

/** The command that makes a view of the open project, and its dialog; once, within the project. */
export function NewView() {
  const around = useOptionalProject();
  const [open, setOpen] = useState(false);
  const possible = around !== null && hasRole(around.project.role, 'editor');
  const actions = useMemo<Action[]>(
    () => [
      {
        id: newViewAction,
        title: 'view.new',
        section: 'view',
        icon: LayoutList,
        when: () => possible,
        run: () => setOpen(true),
      },
    ],
    [possible],
  );
  useActions(actions);
  const shown = open && possible;
  useEffect(() => (shown ? holdKeys() : undefined), [shown]);
  if (!shown) return null;
  return (
    <Suspense>
      <NewViewDialog onClose={() => setOpen(false)} />
    </Suspense>
  );
}

import { FolderPlus } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { holdKeys } from '@/lib/hold-keys.ts';

const CreateProjectDialog = lazy(() => import('./CreateProjectDialog.tsx'));

/** The id of the command that makes a project, for buttons that run it. */
export const createProjectAction = 'create.project';

/** Making a project, with the command for it; once, within the frame. */
export function CreateProject() {
  const [open, setOpen] = useState(false);
  const actions = useMemo<Action[]>(
    () => [
      {
        id: createProjectAction,
        title: 'shell.newProject',
        section: 'general',
        icon: FolderPlus,
        run: () => setOpen(true),
      },
    ],
    [],
  );
  useActions(actions);
  useEffect(() => (open ? holdKeys() : undefined), [open]);
  if (!open) return null;
  return (
    <Suspense>
      <CreateProjectDialog onClose={() => setOpen(false)} />
    </Suspense>
  );
}

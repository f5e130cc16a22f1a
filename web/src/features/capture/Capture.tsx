import { SquarePen } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { holdKeys } from '@/lib/hold-keys.ts';
import { hasRole } from '@/sync/facts.ts';
import { useWorkspace } from '@/sync/project.tsx';

const CaptureDialog = lazy(() => import('./CaptureDialog.tsx'));

/** The id of the command that opens capture, for buttons that run it. */
export const captureAction = 'idea.capture';

/** Capture from anywhere, with the command that opens it; once, within the frame. */
export function Capture() {
  const [open, setOpen] = useState(false);
  const { workspace } = useWorkspace();
  const projects = useMemo(
    () =>
      (workspace?.projects ?? []).filter(
        (project) => !project.archived && hasRole(project.role, 'contributor'),
      ),
    [workspace],
  );
  const possible = projects.length > 0;
  const actions = useMemo<Action[]>(
    () => [
      {
        id: captureAction,
        title: 'capture.title',
        section: 'idea',
        icon: SquarePen,
        shortcut: 'c',
        when: () => possible,
        run: () => setOpen(true),
      },
    ],
    [possible],
  );
  useActions(actions);
  useEffect(() => (open ? holdKeys() : undefined), [open]);
  if (!open) return null;
  return (
    <Suspense>
      <CaptureDialog projects={projects} onClose={() => setOpen(false)} />
    </Suspense>
  );
}

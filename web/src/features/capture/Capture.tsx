import { SquarePen } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useActions, usePaletteSource } from '@/actions/react.tsx';
import type { Action, PaletteSource } from '@/actions/types.ts';
import { holdKeys } from '@/lib/hold-keys.ts';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { useWorkspace } from '@/sync/project.tsx';

const CaptureDialog = lazy(() => import('./CaptureDialog.tsx'));

/** The id of the command that opens capture, for buttons that run it. */
export const captureAction = 'idea.capture';

/** Capture from anywhere, with the command that opens it; once, within the frame. */
export function Capture() {
  // The title to begin with; undefined while it is not open.
  const [begun, begin] = useState<string>();
  const open = begun !== undefined;
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
        run: () => begin(''),
      },
    ],
    [possible],
  );
  useActions(actions);
  const typed = useMemo<PaletteSource>(
    () => ({
      id: 'capture',
      last: true,
      title: () => t('capture.title'),
      search: (query) => {
        const title = query.trim();
        if (!possible || title === '') return [];
        return [{ id: 'new', title: `“${title}”`, icon: SquarePen, run: () => begin(title) }];
      },
    }),
    [possible],
  );
  usePaletteSource(typed);
  useEffect(() => (open ? holdKeys() : undefined), [open]);
  if (!open) return null;
  return (
    <Suspense>
      <CaptureDialog projects={projects} title={begun} onClose={() => begin(undefined)} />
    </Suspense>
  );
}

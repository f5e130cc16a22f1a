import { type ReactNode, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { ProjectProvider, useOptionalProject } from '@/sync/project.tsx';
import type { Project } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { CaptureForm } from './CaptureForm.tsx';

const projectStored = 'cairn.captureProject';

/** Props of CaptureDialog. */
export interface CaptureDialogProps {
  /** The projects that this person may add ideas to; at least one. */
  projects: readonly Project[];
  /** The title that was typed elsewhere. */
  title?: string;
  onClose: () => void;
}

/** The project to begin with: the one that is open, else the one used last, else the first. */
export function firstProject(
  projects: readonly Project[],
  open: string | undefined,
  last: string | null,
): string {
  const known = (key: string | null | undefined) => projects.some((project) => project.key === key);
  if (open !== undefined && known(open)) return open;
  return last !== null && known(last) ? last : (projects[0]?.key ?? '');
}

/** A small window that takes down an idea and stays for the next. */
export default function CaptureDialog({ projects, title: begun = '', onClose }: CaptureDialogProps) {
  const around = useOptionalProject();
  const [project, setProject] = useState(() =>
    firstProject(projects, around?.project.key, readStored(projectStored)),
  );
  const title = useRef<HTMLInputElement>(null);
  const choose = (key: string) => {
    writeStored(projectStored, key);
    setProject(key);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('capture.title')}
      initialFocus={title}
    >
      <InProject projectKey={project}>
        <CaptureForm
          projects={projects}
          begun={begun}
          onProjectChange={choose}
          onClose={onClose}
          titleRef={title}
        />
      </InProject>
    </Dialog>
  );
}

/** Opens the chosen project unless it is the one around. */
function InProject({ projectKey, children }: { projectKey: string; children: ReactNode }) {
  const around = useOptionalProject();
  if (around?.project.key === projectKey) return children;
  return (
    <ProjectProvider projectKey={projectKey} loading={<Skeleton height="160px" />} failed={renderFailed}>
      {children}
    </ProjectProvider>
  );
}

function renderFailed(error: Error, retry: () => void): ReactNode {
  return (
    <Banner tone="danger" actions={<Button onClick={retry}>{t('shell.crash.retry')}</Button>}>
      {error.message}
    </Banner>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useMessageLocale } from '@/lib/i18n.ts';
import { getProject } from './calls.ts';
import { cacheKeys, dataOf, ProjectContext, useWorkspace } from './project.tsx';
import { makeProjectSession } from './project-session.ts';

/** Props of ProjectFacts. */
export interface ProjectFactsProps {
  projectKey: string;
  /** Shown until the project is there. */
  loading: ReactNode;
  children: ReactNode;
}

/** Gives a project's fields and people to what is shown of it on a page over several; it follows nobody's changes. */
export function ProjectFacts({ projectKey, loading, children }: ProjectFactsProps) {
  const session = useMemo(() => makeProjectSession(projectKey), [projectKey]);
  useEffect(() => () => session.close(), [session]);
  const locale = useMessageLocale();
  const { workspace } = useWorkspace();
  const { data: project } = useQuery({
    queryKey: cacheKeys.project(projectKey),
    queryFn: ({ signal }) => getProject(projectKey, signal),
  });
  const data = useMemo(
    () => (project && workspace ? dataOf(session, project, workspace, locale) : null),
    [session, project, workspace, locale],
  );
  return data ? <ProjectContext value={data}>{children}</ProjectContext> : loading;
}

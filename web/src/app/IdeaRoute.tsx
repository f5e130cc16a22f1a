import { useParams } from 'wouter';
import IdeaPage from '@/features/idea/IdeaPage.tsx';
import { useOptionalProject } from '@/sync/project.tsx';
import { Edits } from '@/views/shared/Edits.tsx';
import { NotFound } from './NotFound.tsx';

/** An idea on a page of its own: /i/INS-12 and /p/INS/ideas/INS-12. */
export default function IdeaRoute() {
  const { idea = '' } = useParams<{ idea: string }>();
  const project = useOptionalProject()?.project;
  const key = decodeURIComponent(idea).toUpperCase();
  if (!project || !key.startsWith(`${project.key}-`)) return <NotFound />;
  return (
    <>
      <Edits />
      <IdeaPage ideaKey={key} />
    </>
  );
}

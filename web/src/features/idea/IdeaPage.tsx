import { Link } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { useTitle } from '@/lib/title.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Page } from '@/ui/Page.tsx';
import { IdeaBody } from './IdeaBody.tsx';
import { IdeaTools } from './IdeaHeader.tsx';
import css from './IdeaPage.module.css';
import { Loading, Missing } from './IdeaStates.tsx';
import type { IdeaDoc, IdeaState } from './idea-doc.ts';
import { useForwarded } from './use-forwarded.ts';
import { useIdeaDoc, useShownIdea } from './use-idea.ts';
import { type OpenIdea, useIdeaActions } from './use-idea-actions.ts';

/** An idea on a page of its own, within its project. */
export default function IdeaPage({ ideaKey }: { ideaKey: string }) {
  const { doc, state } = useIdeaDoc(ideaKey);
  if (state.idea)
    return <Shown key={state.idea.id} asked={ideaKey} known={state.idea} doc={doc} state={state} />;
  return (
    <Page fill title={ideaKey} heading={<Crumbs ideaKey={ideaKey} />}>
      {state.status === 'loading' ? (
        <Loading />
      ) : (
        <Missing ideaKey={ideaKey} state={state} onRetry={doc.reload} />
      )}
    </Page>
  );
}

function Crumbs({ ideaKey }: { ideaKey: string }) {
  const { project } = useProject();
  return (
    <h1 className={css.crumbs}>
      <Link href={paths.project(project.key)}>{project.name}</Link>
      <span aria-hidden="true">/</span>
      <span className={css.key}>{ideaKey}</span>
    </h1>
  );
}

interface ShownProps {
  /** The key in the address. */
  asked: string;
  known: Idea;
  doc: IdeaDoc;
  state: IdeaState;
}

function Shown({ asked, known, doc, state }: ShownProps) {
  const { project, isSample } = useProject();
  const idea = useShownIdea(known);
  const sample = isSample(idea.id);
  const open: OpenIdea = { id: idea.id, key: idea.key, archived: idea.archived, full: true };
  useIdeaActions(open);
  useForwarded(asked, idea.key);
  useTitle(`${idea.key} ${idea.title}`, project.name);
  return (
    <Page
      fill
      title={idea.key}
      heading={<Crumbs ideaKey={idea.key} />}
      tools={
        // On a phone they have a line, which is not there for nothing.
        (sample || idea.archived) && (
          <>
            {sample && <Badge>{t('ui.sample')}</Badge>}
            {idea.archived && <Badge>{t('idea.archivedBadge')}</Badge>}
          </>
        )
      }
      actions={<IdeaTools idea={open} />}
    >
      <IdeaBody idea={idea} state={state} doc={doc} />
    </Page>
  );
}

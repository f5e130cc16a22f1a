import { FileQuestion, X } from 'lucide-react';
import { useEffect } from 'react';
import { t } from '@/lib/i18n.ts';
import { noteRecentIdea } from '@/lib/recent.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea, Ref } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Description } from './Description.tsx';
import { Facts } from './Facts.tsx';
import { Fields } from './Fields.tsx';
import { IdeaHeader } from './IdeaHeader.tsx';
import css from './IdeaPanel.module.css';
import { IdeaTabs } from './IdeaTabs.tsx';
import type { IdeaDoc, IdeaState } from './idea-doc.ts';
import { Title } from './Title.tsx';
import { useIdeaDoc, useShownIdea } from './use-idea.ts';
import { useIdeaActions } from './use-idea-actions.ts';

/** Props of IdeaPanel. */
export interface IdeaPanelProps {
  /** The idea's key, such as INS-12. */
  ideaKey: string;
  /** The fields of the view around, in its order; they come first. */
  viewRefs?: readonly Ref[];
  /** Absent on the idea's own page. */
  onClose?: () => void;
  /** Goes to the next (1) or previous (-1) idea of the list around. */
  onStep?: (by: 1 | -1) => void;
}

/** Everything of one idea, each part edited where it is read. */
export default function IdeaPanel(props: IdeaPanelProps) {
  const { doc, state } = useIdeaDoc(props.ideaKey);
  if (state.status === 'loading') return <Loading onClose={props.onClose} />;
  if (!state.idea) return <Missing state={state} doc={doc} {...props} />;
  return <Open key={state.idea.id} idea={state.idea} state={state} doc={doc} {...props} />;
}

const noRefs: readonly Ref[] = [];

function Open(props: IdeaPanelProps & { idea: Idea; state: IdeaState; doc: IdeaDoc }) {
  const { viewRefs = noRefs, onClose, onStep, doc, state } = props;
  const { project, person } = useProject();
  const idea = useShownIdea(props.idea);
  const mayEdit = hasRole(project.role, 'editor');
  const full = onClose === undefined;
  const open = { id: idea.id, key: idea.key, archived: idea.archived, onClose, onStep, full };
  useIdeaActions(open);
  useEffect(() => noteRecentIdea({ key: idea.key, title: idea.title }), [idea.key, idea.title]);
  const by = state.touched.description?.by ?? idea.updatedBy;
  return (
    <article className={css.panel} data-full={full || undefined} aria-label={`${idea.key} ${idea.title}`}>
      <IdeaHeader idea={open} />
      <div className={css.body}>
        <div className={css.column}>
          <Title idea={idea} mayEdit={mayEdit} />
          <Fields idea={idea} viewRefs={viewRefs} touched={state.touched} />
          <Description
            idea={idea}
            mayEdit={mayEdit}
            changedBy={by === undefined ? undefined : person(by)?.name}
          />
          <Facts idea={idea} />
          <IdeaTabs idea={idea} onRestored={doc.take} />
        </div>
      </div>
    </article>
  );
}

function Bar({ onClose, label }: { onClose: (() => void) | undefined; label?: string }) {
  return (
    <header className={css.header}>
      <span className={css.key}>{label}</span>
      {onClose && (
        <span className={css.tools}>
          <IconButton label={t('shell.closePanel')} icon={X} shortcut="Escape" onClick={onClose} />
        </span>
      )}
    </header>
  );
}

function Loading({ onClose }: Pick<IdeaPanelProps, 'onClose'>) {
  return (
    <div className={css.panel} aria-busy="true">
      <Bar onClose={onClose} />
      <div className={css.body}>
        <div className={css.column}>
          <Skeleton width="70%" height="24px" />
          <Skeleton height="120px" />
          <Skeleton height="80px" />
        </div>
      </div>
    </div>
  );
}

function Missing({ ideaKey, onClose, state, doc }: IdeaPanelProps & { state: IdeaState; doc: IdeaDoc }) {
  return (
    <div className={css.panel}>
      <Bar onClose={onClose} label={ideaKey} />
      {state.status === 'gone' ? (
        <EmptyState
          icon={FileQuestion}
          title={t('idea.gone', { key: ideaKey })}
          actions={
            <>
              <Button onClick={doc.reload}>{t('shell.crash.retry')}</Button>
              {onClose && (
                <Button tone="primary" onClick={onClose}>
                  {t('shell.closePanel')}
                </Button>
              )}
            </>
          }
        >
          {t('idea.goneText')}
        </EmptyState>
      ) : (
        <div className={css.body}>
          <Banner tone="danger" actions={<Button onClick={doc.reload}>{t('shell.crash.retry')}</Button>}>
            {state.error?.message}
          </Banner>
        </div>
      )}
    </div>
  );
}

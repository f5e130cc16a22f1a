import type { Idea, Ref } from '@/sync/types.ts';
import { IdeaBody } from './IdeaBody.tsx';
import { IdeaHeader } from './IdeaHeader.tsx';
import css from './IdeaPanel.module.css';
import { Loading, Missing, PanelBar } from './IdeaStates.tsx';
import type { IdeaDoc, IdeaState } from './idea-doc.ts';
import { useForwarded } from './use-forwarded.ts';
import { useIdeaDoc, useShownIdea } from './use-idea.ts';
import { useIdeaActions, useLeaveActions } from './use-idea-actions.ts';

/** Props of IdeaPanel. */
export interface IdeaPanelProps {
  /** The idea's key, such as INS-12. */
  ideaKey: string;
  /** The fields of the view around, in its order; they come first. */
  viewRefs?: readonly Ref[];
  onClose: () => void;
  /** Goes to the next (1) or previous (-1) idea of the list around. */
  onStep?: (by: 1 | -1) => void;
}

/** Everything of one idea beside the list, each part edited where it is read. */
export default function IdeaPanel(props: IdeaPanelProps) {
  const { doc, state } = useIdeaDoc(props.ideaKey);
  useLeaveActions(props);
  if (!state.idea) {
    return (
      <div className={css.panel}>
        <PanelBar label={props.ideaKey} onClose={props.onClose} />
        {state.status === 'loading' ? (
          <Loading />
        ) : (
          <Missing ideaKey={props.ideaKey} state={state} onRetry={doc.reload} onClose={props.onClose} />
        )}
      </div>
    );
  }
  return <Open key={state.idea.id} idea={state.idea} state={state} doc={doc} {...props} />;
}

const noRefs: readonly Ref[] = [];

function Open(props: IdeaPanelProps & { idea: Idea; state: IdeaState; doc: IdeaDoc }) {
  const { viewRefs = noRefs, onClose, onStep, doc, state } = props;
  const idea = useShownIdea(props.idea);
  const open = { id: idea.id, key: idea.key, archived: idea.archived, onClose, onStep, full: false };
  useIdeaActions(open);
  useForwarded(props.ideaKey, idea.key);
  return (
    <div className={css.panel}>
      <IdeaHeader idea={open} />
      <IdeaBody idea={idea} state={state} doc={doc} viewRefs={viewRefs} />
    </div>
  );
}

import { lazy, Suspense, useEffect } from 'react';
import { noteRecentIdea } from '@/lib/recent.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea, Ref } from '@/sync/types.ts';
import { EditedBy } from '@/views/shared/presence/EditedBy.tsx';
import { Description } from './Description.tsx';
import { Facts } from './Facts.tsx';
import { Breadcrumb, Children } from './Family.tsx';
import { Fields } from './Fields.tsx';
import css from './IdeaPanel.module.css';
import { IdeaTabs } from './IdeaTabs.tsx';
import type { IdeaDoc, IdeaState } from './idea-doc.ts';
import { Links } from './Links.tsx';
import { Title } from './Title.tsx';
import { TouchNote } from './TouchNote.tsx';

const Files = lazy(() => import('./Files.tsx'));
const Alike = lazy(() => import('./Alike.tsx'));

/** Props of IdeaBody. */
export interface IdeaBodyProps {
  /** The idea as it is shown. */
  idea: Idea;
  state: IdeaState;
  doc: IdeaDoc;
  /** The fields that come first; all fields are in sight when absent. */
  viewRefs?: readonly Ref[];
}

/** The idea itself: title, fields, description, comments and history. */
export function IdeaBody({ idea, state, doc, viewRefs }: IdeaBodyProps) {
  const { project, person } = useProject();
  const mayEdit = hasRole(project.role, 'editor');
  const { touched } = state;
  const by = touched.description?.by ?? idea.updatedBy;
  useEffect(() => noteRecentIdea({ key: idea.key, title: idea.title }), [idea.key, idea.title]);
  return (
    <article
      className={css.body}
      data-full={viewRefs === undefined || undefined}
      aria-label={`${idea.key} ${idea.title}`}
    >
      <div className={css.column}>
        <Breadcrumb idea={idea} />
        <div className={css.touchable} data-touched={touched.title && true}>
          <Title idea={idea} mayEdit={mayEdit} />
          <TouchNote touch={touched.title} />
          <EditedBy idea={idea.id} field="title" />
        </div>
        <Fields idea={idea} viewRefs={viewRefs} touched={touched} />
        <div className={css.touchable} data-touched={touched.description && true}>
          <Description
            idea={idea}
            mayEdit={mayEdit}
            changedBy={by === undefined ? undefined : person(by)?.name}
          />
          <TouchNote touch={touched.description} />
          <EditedBy idea={idea.id} field="description" />
        </div>
        <Children idea={idea} />
        <Links idea={idea} />
        <Suspense>
          <Files idea={idea} />
          <Alike idea={idea} />
        </Suspense>
        <Facts idea={idea} />
        <IdeaTabs idea={idea} onRestored={doc.take} />
      </div>
    </article>
  );
}

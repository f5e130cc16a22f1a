import { type FoundIdea, searchIdeas } from '@/sync/links.ts';
import css from './connections.module.css';
import { Finder } from './Finder.tsx';

/** Props of IdeaSearch. */
export interface IdeaSearchProps {
  label: string;
  onChoose: (idea: FoundIdea) => void;
  /** Ideas that cannot be chosen. */
  except?: readonly number[];
  autoFocus?: boolean;
  /** Called when Escape is pressed in the empty line. */
  onLeave?: () => void;
}

const key = ['search'] as const;

/** A line that finds an idea by words or key. */
export function IdeaSearch(props: IdeaSearchProps) {
  return (
    <Finder {...props} queryKey={key} find={searchIdeas}>
      {(idea) => (
        <>
          <span className={css.key}>{idea.key}</span>
          <span className={css.title}>{idea.title}</span>
        </>
      )}
    </Finder>
  );
}

import { type ReactNode, useEffect } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { ideaAddress } from '@/lib/routes.ts';
import { createStore, useStore } from '@/lib/store.ts';
import type { Mention as KnownIdea } from '@/sync/mentions.ts';
import { useOptionalProject } from '@/sync/project.tsx';
import type { Target } from './mention-text.ts';
import css from './prose.module.css';

const nothing = createStore<ReadonlyMap<number, KnownIdea>>(new Map());

/** Props of Mention. */
export interface MentionProps {
  target: Target;
  /** The text of the mention as it was written. */
  children: ReactNode;
}

/** A person or an idea named in a text, by the name of today. */
export function Mention({ target, children }: MentionProps) {
  return target.kind === 'person' ? (
    <PersonMention id={target.id}>{children}</PersonMention>
  ) : (
    <IdeaMention id={target.id}>{children}</IdeaMention>
  );
}

function PersonMention({ id, children }: { id: number; children: ReactNode }) {
  const project = useOptionalProject();
  const name = project?.person(id)?.name;
  return (
    <span className={css.person} data-me={project?.me.id === id || undefined}>
      {name ? `@${name}` : children}
    </span>
  );
}

function IdeaMention({ id, children }: { id: number; children: ReactNode }) {
  const mentions = useOptionalProject()?.session.mentions;
  const idea = useStore(mentions?.state ?? nothing).get(id);
  const [path] = useLocation();
  const search = useSearch();
  useEffect(() => mentions?.want([id]), [mentions, id]);
  if (!idea?.key) return <span className={css.idea}>{children}</span>;
  return (
    <Link href={ideaAddress(idea.key, path, search)} className={css.idea} title={idea.title}>
      {idea.key} <span className={css.ideaTitle}>{idea.title}</span>
    </Link>
  );
}

import { useEffect, useMemo } from 'react';
import { useStore } from '@/lib/store.ts';
import { holdsId } from '@/sync/attrs.ts';
import { useProject } from '@/sync/project.tsx';
import { type CellValue, derivedTypeNames, type FieldInfo, type Idea, type Ref } from '@/sync/types.ts';
import { usePending } from '@/sync/use-result.ts';
import { type IdeaDoc, type IdeaState, openIdea } from './idea-doc.ts';

/** The idea with that key in the project around the caller, live. */
export function useIdeaDoc(key: string): { doc: IdeaDoc; state: IdeaState } {
  const { session, me, at } = useProject();
  const doc = useMemo(() => openIdea(session, key, me.id, at), [session, key, me.id, at]);
  useEffect(() => doc.start(), [doc]);
  return { doc, state: useStore(doc.state) };
}

/** The value of a field of an idea. */
export function ideaValue(idea: Idea, field: Pick<FieldInfo, 'ref' | 'type'>): CellValue {
  if (derivedTypeNames.includes(field.type)) return (idea.computed?.[field.ref] ?? null) as CellValue;
  const own = idea as unknown as Record<Ref, CellValue | undefined>;
  return field.ref in idea ? (own[field.ref] ?? null) : ((idea.values[field.ref] ?? null) as CellValue);
}

/** The idea with what was set here and is not yet confirmed on top. */
export function useShownIdea(idea: Idea): Idea {
  const pending = usePending(idea.id);
  return useMemo(() => {
    if (!pending) return idea;
    const shown: Idea = { ...idea, values: { ...idea.values } };
    for (const [ref, value] of Object.entries(pending)) {
      if (ref === 'title' || ref === 'description') shown[ref] = String(value ?? '');
      else if (ref === 'archived') shown.archived = value === true;
      else if (holdsId(ref)) shown[ref] = Number(value ?? 0) || undefined;
      else shown.values[ref] = value;
    }
    return shown;
  }, [idea, pending]);
}

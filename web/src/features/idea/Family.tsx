import '@/lib/messages/later/tree.ts';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { typeIcon } from '@/fields/type-icons.ts';
import { optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { ideaAddress } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useLive } from '@/sync/live.ts';
import { useProject } from '@/sync/project.tsx';
import { concernsIdea } from '@/sync/result.ts';
import type { Idea } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './Family.module.css';
import { IdeaSection } from './IdeaSection.tsx';

type Relative = components['schemas']['Relative'];

/** The ideas above and below one, kept in step with what everybody does. */
function useFamily(id: number) {
  useLive(['family', id], concernsIdea);
  const { data } = useQuery({
    queryKey: ['family', id],
    queryFn: ({ signal }) =>
      send(client.GET('/ideas/{idea}/family', { params: { path: { idea: String(id) } }, signal })),
  });
  return data;
}

function useOpen(): (key: string) => void {
  const [path, go] = useLocation();
  const search = useSearch();
  return (key) => go(ideaAddress(key, path, search));
}

function TypeIcon({ type }: { type: number | undefined }) {
  const { types } = useProject();
  const known = types.find((each) => each.id === type);
  if (!known) return null;
  return (
    <span className={css.type} data-option-color={optionColor(known.color)} title={known.name}>
      <Icon of={typeIcon(known.icon)} size={12} />
    </span>
  );
}

/** The ideas above this one, from the topmost down, each to be opened. */
export function Breadcrumb({ idea }: { idea: Idea }) {
  const open = useOpen();
  const above = useFamily(idea.id)?.ancestors ?? [];
  if (above.length === 0) return null;
  return (
    <nav className={css.crumbs} aria-label={t('idea.above')}>
      {above.map(({ id, key, title, type }) => (
        <span key={id} className={css.crumb}>
          <button type="button" className={css.link} title={`${key} ${title}`} onClick={() => open(key)}>
            <TypeIcon type={type} />
            <span className={css.text}>{title}</span>
          </button>
          <Icon of={ChevronRight} size={12} />
        </span>
      ))}
    </nav>
  );
}

/** The ideas below this one, in their order, and a line that adds one. */
export function Children({ idea }: { idea: Idea }) {
  const { project } = useProject();
  const open = useOpen();
  const [adding, setAdding] = useState(false);
  const below = useFamily(idea.id)?.children ?? [];
  const mayAdd = hasRole(project.role, 'contributor');
  if (below.length === 0 && !mayAdd) return null;
  return (
    <IdeaSection title={t('idea.children')}>
      {below.length > 0 && (
        <ul>
          {below.map(({ id, key, title, type, archived }) => (
            <li key={id} data-archived={archived || undefined}>
              <button type="button" className={css.link} onClick={() => open(key)}>
                <TypeIcon type={type} />
                <span className={css.key}>{key}</span>
                <span className={css.text}>{title}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {mayAdd && !adding && (
        <Button tone="ghost" icon={Plus} onClick={() => setAdding(true)}>
          {t('idea.addChild')}
        </Button>
      )}
      {adding && <AddLine idea={idea} siblings={below} onLeave={() => setAdding(false)} />}
    </IdeaSection>
  );
}

interface AddLineProps {
  idea: Idea;
  siblings: readonly Relative[];
  onLeave: () => void;
}

function AddLine({ idea, siblings, onLeave }: AddLineProps) {
  const { session, types } = useProject();
  const [title, setTitle] = useState('');
  const at = types.findIndex((type) => type.id === idea.type);
  const type = siblings.at(-1)?.type ?? (at < 0 ? undefined : types[at + 1]?.id);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const name = title.trim();
    if (name === '') return onLeave();
    setTitle('');
    if (!(await session.add({ title: name, parent: idea.id, ...(type ? { type } : {}) }))) setTitle(name);
    return undefined;
  };
  return (
    <form className={css.add} onSubmit={(event) => void submit(event)}>
      <TextField
        autoFocus
        aria-label={t('idea.newChild')}
        placeholder={t('idea.newChild')}
        value={title}
        onValueChange={setTitle}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onLeave();
        }}
      />
      <Button type="submit">{t('tree.add')}</Button>
    </form>
  );
}

import '@/lib/messages/later/merge.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { EyeOff, Merge, Split } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { ideaAddress } from '@/lib/routes.ts';
import { headersOf } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useLive } from '@/sync/live.ts';
import { useProject } from '@/sync/project.tsx';
import { concernsIdea } from '@/sync/result.ts';
import type { Idea } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';
import type { MergingIdea } from '@/views/shared/MergeDialog.tsx';
import css from './Alike.module.css';
import { IdeaSection } from './IdeaSection.tsx';

const MergeDialog = lazy(() => import('@/views/shared/MergeDialog.tsx'));

type IdeaPart = components['schemas']['IdeaPart'];

/** What was merged into an idea, and the ideas that read like it. */
export default function Alike({ idea }: { idea: Idea }) {
  return (
    <>
      <Parts idea={idea} />
      <SimilarIdeas idea={idea} />
    </>
  );
}

function Parts({ idea }: { idea: Idea }) {
  useLive(['parts', idea.id], concernsIdea);
  const { data } = useQuery({
    queryKey: ['parts', idea.id],
    queryFn: ({ signal }) =>
      send(client.GET('/ideas/{idea}/parts', { params: { path: { idea: String(idea.id) } }, signal })),
  });
  const parts = data?.parts ?? [];
  if (parts.length === 0) return null;
  return (
    <IdeaSection title={t('parts.section')}>
      <ul>
        {parts.map((part) => (
          <PartLine key={part.id} idea={idea} part={part} />
        ))}
      </ul>
    </IdeaSection>
  );
}

function PartLine({ idea, part }: { idea: Idea; part: IdeaPart }) {
  const { project, person, session } = useProject();
  const takeOut = async () => {
    const done = await session.act(
      (group) =>
        send(
          client.POST('/ideas/{idea}/parts/{part}/unmerge', {
            params: { path: { idea: String(idea.id), part: String(part.id) } },
            headers: headersOf(group),
          }),
        ),
      () => void takeOut(),
    );
    if (!done) return;
    toast({
      title: t('parts.outDone', { key: part.key }),
      description: done.kept > 0 ? t('parts.kept', { n: done.kept }) : undefined,
      ...afterwards(session, done.group),
    });
  };
  const name = part.mergedBy ? person(part.mergedBy)?.name : undefined;
  return (
    <li className={css.part}>
      <details>
        <summary className={css.summary}>
          <span className={css.key}>{part.key}</span>
          <span className={css.text}>{part.title}</span>
        </summary>
        <p className={css.words}>{part.description || t('parts.none')}</p>
        <p className={css.quiet}>
          {t('parts.by', { name: name ?? t('field.unknownPerson'), when: formatRelative(part.mergedAt) })}
          {part.reason && <> · “{part.reason}”</>}
        </p>
      </details>
      {hasRole(project.role, 'editor') && (
        <Button tone="ghost" icon={Split} onClick={() => void takeOut()}>
          {t('parts.out')}
        </Button>
      )}
    </li>
  );
}

function SimilarIdeas({ idea }: { idea: Idea }) {
  const { project, session } = useProject();
  const [path, go] = useLocation();
  const search = useSearch();
  const queries = useQueryClient();
  const [merging, setMerging] = useState<readonly MergingIdea[]>();
  useLive(['similar-to', idea.id], concernsIdea);
  const { data } = useQuery({
    queryKey: ['similar-to', idea.id],
    queryFn: ({ signal }) =>
      send(
        client.GET('/ideas/{idea}/similar', {
          params: { path: { idea: String(idea.id) }, query: { everywhere: true } },
          signal,
        }),
      ),
  });
  const alike = data?.ideas ?? [];
  const mayMerge = hasRole(project.role, 'editor');
  const tellApart = async (other: MergingIdea) => {
    const params = { path: { idea: String(idea.id), other: String(other.id) } };
    const group = await session.act(
      async (own) => {
        await send(client.PUT('/ideas/{idea}/unlike/{other}', { params, headers: headersOf(own) }));
        return own;
      },
      () => void tellApart(other),
    );
    if (!group) return;
    void queries.invalidateQueries({ queryKey: ['similar-to'] });
    toast({
      title: t('alike.apartDone', { key: other.key }),
      undo: () =>
        void session.undoGroup(group).then(() => queries.invalidateQueries({ queryKey: ['similar-to'] })),
    });
  };
  if (alike.length === 0) return null;
  return (
    <IdeaSection title={t('alike.section')}>
      <ul>
        {alike.map((other) => (
          <li key={other.id} className={css.line}>
            <button
              type="button"
              className={css.open}
              title={t('alike.words', { words: (other.words ?? []).join(', ') })}
              onClick={() => go(ideaAddress(other.key, path, search))}
            >
              <span className={css.key}>{other.key}</span>
              <span className={css.text}>{other.title}</span>
            </button>
            {mayMerge && other.project === project.id && (
              <>
                <IconButton
                  label={`${t('alike.merge')} ${other.key}`}
                  icon={Merge}
                  onClick={() => setMerging([idea, other])}
                />
                <IconButton
                  label={`${t('alike.apart')}: ${other.key}`}
                  icon={EyeOff}
                  onClick={() => void tellApart(other)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {merging && (
        <Suspense>
          <MergeDialog
            ideas={merging}
            onClose={() => setMerging(undefined)}
            onMerged={(whole) => whole.id !== idea.id && go(ideaAddress(whole.key, path, search))}
          />
        </Suspense>
      )}
    </IdeaSection>
  );
}

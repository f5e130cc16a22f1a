import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { type MessageId, t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { headersOf, newGroup } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { cacheKeys, useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import css from './gallery.module.css';

const guides: Record<string, MessageId> = {
  'product-discovery': 'view.guide.discovery',
  roadmap: 'view.guide.roadmap',
  'opportunity-tree': 'view.guide.tree',
  'feature-requests': 'view.guide.requests',
};

/** How a project from a template is meant, until it is put away. */
export function Guide() {
  const { project, session } = useProject();
  const queries = useQueryClient();
  const key = `cairn.guide.${project.id}`;
  const [away, setAway] = useState(() => readStored(key) === 'away');
  const samples = project.samples?.length ?? 0;
  const text = guides[project.template ?? ''];
  if (away || !text || (samples === 0 && !project.guide)) return null;
  const reload = async () => {
    session.refresh();
    await queries.invalidateQueries({ queryKey: cacheKeys.project(project.key) });
  };
  const remove = async () => {
    const group = newGroup();
    const params = { path: { project: project.key } };
    try {
      await send(client.DELETE('/projects/{project}/samples', { params, headers: headersOf(group) }));
    } catch (error) {
      toastFailure(error);
      return;
    }
    session.undoStack.push(group);
    await reload();
    toast({
      title: t('view.guide.removed', { n: samples }),
      undo: () => void session.undoGroup(group).then(reload).catch(toastFailure),
    });
  };
  return (
    <div className={css.guide}>
      <Banner
        tone="info"
        actions={
          <>
            {samples > 0 && hasRole(project.role, 'admin') && (
              <Button onClick={() => void remove()}>{t('view.guide.remove', { n: samples })}</Button>
            )}
            <Button
              tone="ghost"
              onClick={() => {
                setAway(true);
                writeStored(key, 'away');
              }}
            >
              {t('view.guide.away')}
            </Button>
          </>
        }
      >
        {t(text)}
        {samples > 0 && ` ${t('view.guide.samples')}`}
      </Banner>
    </div>
  );
}

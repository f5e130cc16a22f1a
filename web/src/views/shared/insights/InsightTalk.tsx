import '@/lib/messages/later/talk.ts';
import { MessageSquare } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import type { Insight } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dot, isNew, SeenBefore, useFresh } from '../fresh.tsx';
import { Comments, useComments } from '../talk/Comments.tsx';
import { Attach, FileList, useFiles } from '../talk/Files.tsx';
import { UploadList } from '../talk/UploadList.tsx';
import { type FileDrop, useFileDrop } from '../talk/use-file-drop.ts';
import { type Uploads, useUploads } from '../talk/use-uploads.ts';
import { useSeen } from '../use-seen.ts';
import css from './insights.module.css';

/** Whether an insight is at home in the project around: only there people talk about it. */
function useAtHome(insight: Insight): boolean {
  return useProject().project.id === insight.project;
}

/** What lets files be dropped on an insight of the project around, and those on their way. */
export function useInsightDrop(insight: Insight): { drop: FileDrop; uploads: Uploads } {
  const { project, at } = useProject();
  const uploads = useUploads({ insight: insight.id });
  const may = useAtHome(insight) && at === undefined && hasRole(project.role, 'contributor');
  return { drop: useFileDrop(may ? uploads.add : undefined), uploads };
}

/** The files of an insight, where it has some. */
export function InsightFiles({ insight, uploads }: { insight: Insight; uploads: Uploads }) {
  return (
    <>
      {insight.files ? <Listed insight={insight} /> : null}
      <UploadList uploads={uploads} />
    </>
  );
}

function Listed({ insight }: { insight: Insight }) {
  const files = useFiles({ insight: insight.id });
  const may = useAtHome(insight);
  if (files.length === 0) return null;
  return <FileList files={files} label={t('talk.files')} may={may} />;
}

/** What people say about an insight of the project around, with a place to say something and to attach files. */
export function InsightTalk({ insight }: { insight: Insight }) {
  return useAtHome(insight) ? <Talk insight={insight} /> : null;
}

function Talk({ insight }: { insight: Insight }) {
  const { project, me } = useProject();
  const on = { insight: insight.id };
  const { data } = useComments(on);
  const before = useSeen(on, data && `${insight.version} ${data.length}`);
  const said = data?.some(({ author, createdAt }) => isNew(before, { author, at: createdAt, me: me.id }));
  const region = useRef<HTMLElement>(null);
  // Back from writing to the keys of what is around.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    region.current?.focus({ preventScroll: true });
  };
  return (
    <SeenBefore value={before}>
      <section
        ref={region}
        className={css.talk}
        aria-label={t('insights.comments')}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <h2 className={css.heading}>
          {t('insights.comments')} {said && <Dot />}
        </h2>
        <Comments on={on} />
        {hasRole(project.role, 'contributor') && <Attach on={on} />}
      </section>
    </SeenBefore>
  );
}

/** A button that says how much is said about an insight, and unfolds it. */
export function FoldedTalk({ insight }: { insight: Insight }) {
  const fresh = useFresh(insight.id);
  const [open, setOpen] = useState(false);
  const n = insight.comments ?? 0;
  const atHome = useAtHome(insight);
  if (!atHome) return null;
  return (
    <>
      <Button
        className={css.fold}
        tone="ghost"
        icon={MessageSquare}
        aria-expanded={open}
        trailing={fresh && <Dot />}
        onClick={() => setOpen(!open)}
      >
        {n === 0 ? t('insights.comment') : t('insights.commentCount', { n })}
      </Button>
      {open && <InsightTalk insight={insight} />}
    </>
  );
}

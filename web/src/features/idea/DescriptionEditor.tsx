import { type FocusEvent, type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useHere } from '@/sync/presence.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Markdown } from '@/views/shared/markdown/Markdown.tsx';
import { type Known, toStored } from '@/views/shared/markdown/mention-text.ts';
import { MentionArea } from '@/views/shared/talk/MentionArea.tsx';
import { UploadList } from '@/views/shared/talk/UploadList.tsx';
import { useUploads } from '@/views/shared/talk/use-uploads.ts';
import { withFile } from '@/views/shared/talk/with-file.ts';
import css from './Description.module.css';
import { needsSource, sameMarkdown } from './editor/markdown-text.ts';
import type { RichTextHandle } from './editor/RichText.tsx';

const RichText = lazy(() => import('./editor/RichText.tsx'));

interface DescriptionEditorProps {
  idea: Idea;
  changedBy: string | undefined;
  onLeave: () => void;
}

/** Writes the description. Leaving it saves, unless somebody else changed the text meanwhile: then both are offered. */
export function DescriptionEditor({ idea, changedBy, onLeave }: DescriptionEditorProps) {
  const { session } = useProject();
  useHere({ idea: idea.id, field: 'description' });
  const [base, setBase] = useState(idea.description);
  const [mode, setMode] = useState<'rich' | 'source'>(() => (needsSource(base) ? 'source' : 'rich'));
  const [source, setSource] = useState(base);
  const [saving, setSaving] = useState(false);
  const rich = useRef<RichTextHandle>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  // What the rich editor writes for the text it was given: only what differs from that was changed by hand.
  const unchanged = useRef(base);
  const names = useRef<Known>(new Map());
  const uploads = useUploads({ idea: idea.id });
  const written = () =>
    mode === 'rich' ? (rich.current?.markdown() ?? unchanged.current) : toStored(source, names.current);
  const isChanged = () => !sameMarkdown(written(), mode === 'rich' ? unchanged.current : base);
  const conflict = !sameMarkdown(idea.description, base) && !saving;

  const save = async () => {
    // What is on its way has its place in this text.
    if (saving || uploads.busy) return;
    const text = written().trim();
    if (!isChanged()) {
      onLeave();
      return;
    }
    setSaving(true);
    const group = await session.setValues([{ id: idea.id, ref: 'description', value: text }]);
    setSaving(false);
    // When it was refused, the text stays in the editor; the refusal is told by the page.
    if (group !== undefined) onLeave();
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const to = event.relatedTarget;
    const inside =
      to instanceof Element && (event.currentTarget.contains(to) || to.closest('[role="toolbar"]'));
    // Another window took the focus: one comes back to go on writing. A file that failed waits for an answer.
    if (inside || !document.hasFocus() || conflict || uploads.list.length > 0) return;
    void save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const done = event.key === 'Escape' || (event.key === 'Enter' && (event.metaKey || event.ctrlKey));
    if (!done || conflict || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void save();
  };
  const switchMode = () => {
    setSource(isChanged() ? written() : base);
    setMode(mode === 'rich' ? 'source' : 'rich');
  };
  return (
    <section
      className={css.editor}
      aria-label={t('idea.description')}
      onBlur={onBlur}
      onKeyDownCapture={(event) => {
        const leaves = event.key === 'Enter' && (event.metaKey || event.ctrlKey);
        if (leaves) onKeyDown(event);
      }}
      onKeyDown={onKeyDown}
    >
      {conflict && (
        <Conflict
          theirs={idea.description}
          by={changedBy}
          onKeepMine={() => {
            setBase(idea.description);
            void save();
          }}
          onTakeTheirs={onLeave}
        />
      )}
      {mode === 'rich' ? (
        <Suspense fallback={<Skeleton height="96px" />}>
          <RichText
            markdown={source}
            label={t('idea.description')}
            placeholder={t('idea.description.placeholder')}
            handle={rich}
            onReady={(text) => {
              if (sameMarkdown(source, base)) unchanged.current = text;
            }}
            onChange={() => {}}
            onFiles={uploads.add}
          />
        </Suspense>
      ) : (
        <MentionArea
          area={area}
          text={source}
          label={t('idea.description')}
          placeholder={t('idea.description.placeholder')}
          invalid={false}
          autoFocus
          rows={12}
          className={css.source}
          onText={setSource}
          onMention={({ typed, target }) => {
            names.current = new Map([...names.current, [typed, target]]);
          }}
          onFiles={(files) => uploads.add(files, (file) => setSource(withFile(area.current, file)))}
          onKeyDown={() => {}}
        />
      )}
      <UploadList uploads={uploads} />
      <footer className={css.foot}>
        <span className={css.hint}>
          <Kbd keys="$mod+Enter" /> {t('idea.description.saves')}
        </span>
        <Button tone="ghost" onClick={switchMode}>
          {t(mode === 'rich' ? 'idea.description.source' : 'idea.description.rich')}
        </Button>
        <Button tone="primary" busy={saving} disabled={conflict || uploads.busy} onClick={() => void save()}>
          {t('ui.save')}
        </Button>
      </footer>
    </section>
  );
}

interface ConflictProps {
  theirs: string;
  by: string | undefined;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

function Conflict({ theirs, by, onKeepMine, onTakeTheirs }: ConflictProps) {
  const [shown, setShown] = useState(false);
  const name = by ?? t('idea.somebody');
  return (
    <Banner
      tone="warning"
      title={t('idea.conflict.title', { name })}
      actions={
        <>
          <Button onClick={() => setShown(!shown)} aria-expanded={shown}>
            {t(shown ? 'idea.conflict.hide' : 'idea.conflict.show')}
          </Button>
          <Button onClick={onTakeTheirs}>{t('idea.conflict.theirs')}</Button>
          <Button tone="primary" onClick={onKeepMine}>
            {t('idea.conflict.mine')}
          </Button>
        </>
      }
    >
      <p>{t('idea.conflict.text')}</p>
      {shown && (
        <div className={css.theirs}>
          <Markdown text={theirs} />
        </div>
      )}
    </Banner>
  );
}

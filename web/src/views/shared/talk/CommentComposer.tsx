import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { ApiError } from '@/api/error.ts';
import { t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { hasRole } from '@/sync/facts.ts';
import { useHere } from '@/sync/presence.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { type Known, toStored, toTyped } from '@/views/shared/markdown/mention-text.ts';
import css from './Comments.module.css';
import { MentionArea } from './MentionArea.tsx';
import { type Attached, type CommentsOn, giveAccess } from './talk-calls.ts';
import { UploadList } from './UploadList.tsx';
import { useUploads } from './use-uploads.ts';
import { withFile } from './with-file.ts';

/** What the surroundings may do to a composer. */
export interface ComposerHandle {
  /** Puts a text before what is there and goes to it. */
  begin: (text: string) => void;
}

/** Props of CommentComposer. */
export interface CommentComposerProps {
  /** What it is about: pasted and dropped files are attached there. */
  on: CommentsOn;
  label: string;
  /** The verb on the button. */
  submit: string;
  /** What stands in it at first. */
  text?: string;
  /** Keeps what is typed in this browser under this name until it is sent. */
  draftKey?: string;
  handle?: Ref<ComposerHandle>;
  /** Rejects with why it was refused; what was typed then stays. */
  onSubmit: (body: string) => Promise<void>;
  onCancel?: () => void;
}

/** The people whom a refusal names as having no access. */
const outsiders = (error: unknown): number[] =>
  error instanceof ApiError
    ? error.fields.flatMap(({ field }) => (field.startsWith('person/') ? [Number(field.slice(7))] : []))
    : [];

/** A place to write a comment in Markdown, with mentions. */
export function CommentComposer(props: CommentComposerProps) {
  const { label, submit, handle, onCancel } = props;
  const { project } = useProject();
  const area = useRef<HTMLTextAreaElement>(null);
  const { text, busy, wrong, write, know, insert, send } = useDraftText(props, area);
  const uploads = useUploads(props.on);
  const [focused, setFocused] = useState(false);
  const writing = focused && text !== '' && 'idea' in props.on;
  useHere(writing ? { ...props.on, field: 'comment' } : undefined);
  const outside = outsiders(wrong);
  useImperativeHandle(handle, () => ({
    begin: (before) => {
      write(`${before}${text}`);
      area.current?.focus();
    },
  }));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (!uploads.busy) void send();
    } else if (event.key === 'Escape' && onCancel) {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only follows whether somebody writes in it
    <div className={css.composer} onFocus={() => setFocused(true)} onBlur={() => setFocused(false)}>
      <MentionArea
        area={area}
        text={text}
        label={label}
        placeholder={label}
        invalid={wrong !== undefined}
        autoFocus={onCancel !== undefined}
        onText={write}
        onMention={know}
        onFiles={(files) => uploads.add(files, insert)}
        onKeyDown={onKeyDown}
      />
      <UploadList uploads={uploads} />
      {wrong && (
        <p className={css.wrong} role="alert">
          {wrong.message}
        </p>
      )}
      {outside.length > 0 && hasRole(project.role, 'admin') && (
        <Button busy={busy} onClick={() => void giveAccess(project.key, outside).then(send)}>
          {t('talk.giveAccess', { n: outside.length })}
        </Button>
      )}
      {(text !== '' || onCancel) && (
        <div className={css.foot}>
          <span className={css.hint}>{t('talk.hint')}</span>
          {onCancel && (
            <Button tone="ghost" onClick={onCancel}>
              {t('ui.cancel')}
            </Button>
          )}
          <Button
            tone="primary"
            busy={busy}
            disabled={text.trim() === '' || uploads.busy}
            onClick={() => void send()}
          >
            {submit}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What is being written: kept as it is stored, shown with the names of today. */
function useDraftText(props: CommentComposerProps, area: React.RefObject<HTMLTextAreaElement | null>) {
  const { draftKey, onSubmit } = props;
  const { person, session } = useProject();
  const [{ text, known }, setDraft] = useState(() => {
    const stored = props.text ?? (draftKey ? (readStored(draftKey) ?? '') : '');
    const ideas = session.mentions.state.get();
    const start = toTyped(stored, ({ kind, id }) =>
      kind === 'person' ? person(id)?.name : ideas.get(id)?.key,
    );
    return { text: start.text, known: start.known as Known };
  });
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Error>();
  const keep = (next: string, names: Known) => {
    setDraft({ text: next, known: names });
    if (draftKey) writeStored(draftKey, next === '' ? null : toStored(next, names));
  };
  // Names that were chosen since the last render count at once.
  const names = useRef(known);
  const write = (next: string) => {
    setWrong(undefined);
    keep(next, names.current);
  };
  const send = async () => {
    if (busy || text.trim() === '') return;
    setBusy(true);
    try {
      await onSubmit(toStored(text.trim(), names.current));
      names.current = new Map();
      write('');
    } catch (error) {
      setWrong(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
      area.current?.focus({ preventScroll: true });
    }
  };
  const know = ({ typed, target }: { typed: string; target: { kind: 'person' | 'idea'; id: number } }) => {
    names.current = new Map([...names.current, [typed, target]]);
  };
  // Files come one by one, while one goes on writing: each stands where the caret is then.
  const insert = (file: Attached) => write(withFile(area.current, file));
  return { text, busy, wrong, write, know, insert, send };
}

import '@/lib/messages/later/merge.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import { giveReason, headersOf } from '@/sync/calls.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from './afterwards.ts';
import css from './merge.module.css';
import { WhyField } from './WhyField.tsx';

type MergeResult = components['schemas']['MergeResult'];

/** An idea that takes part in a merge. */
export interface MergingIdea {
  id: number;
  key: string;
  title: string;
}

/** Props of MergeDialog. */
export interface MergeDialogProps {
  /** Two or more ideas; the first stays unless another is chosen. */
  ideas: readonly MergingIdea[];
  onClose: () => void;
  /** Called with the idea that stays. */
  onMerged?: (whole: MergingIdea) => void;
}

/** Makes several ideas one: which stays, what comes together, and why. */
export default function MergeDialog({ ideas, onClose, onMerged }: MergeDialogProps) {
  const { session } = useProject();
  const [stays, setStays] = useState(ideas[0]?.id);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const whole = ideas.find((idea) => idea.id === stays);
  const parts = ideas.filter((idea) => idea.id !== stays).map((idea) => String(idea.id));
  const preview = useQuery<MergeResult>({
    queryKey: ['merge-preview', stays, parts.join()],
    gcTime: 0,
    retry: false,
    placeholderData: (last) => last,
    queryFn: ({ signal }) =>
      send(
        client.POST('/ideas/{idea}/merge-preview', {
          params: { path: { idea: String(stays) } },
          body: { ideas: parts },
          signal,
        }),
      ),
  });
  const merge = async () => {
    if (!whole) return;
    setBusy(true);
    const group = await session.act(
      async (own) => {
        if (reason.trim()) giveReason(own, reason.trim());
        await send(
          client.POST('/ideas/{idea}/merge', {
            params: { path: { idea: String(whole.id) } },
            body: { ideas: parts },
            headers: headersOf(own),
          }),
        );
        return own;
      },
      () => void merge(),
    );
    setBusy(false);
    if (!group) return;
    toast({
      title: t('merge.done', { n: parts.length, key: whole.key }),
      ...afterwards(session, group),
    });
    onMerged?.(whole);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('merge.title')}
      description={t('merge.about')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            tone="primary"
            busy={busy}
            disabled={!preview.data || preview.isPlaceholderData}
            onClick={() => void merge()}
          >
            {t('merge.do')}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <fieldset className={css.choice}>
          <legend>{t('merge.stays')}</legend>
          {ideas.map((idea) => (
            <label key={idea.id} className={css.idea}>
              <input
                type="radio"
                name="whole"
                checked={idea.id === stays}
                onChange={() => setStays(idea.id)}
              />
              <span className={css.key}>{idea.key}</span>
              <span className={css.text}>{idea.title}</span>
            </label>
          ))}
        </fieldset>
        {preview.error ? (
          <Banner tone="warning">{preview.error.message}</Banner>
        ) : (
          <Brings result={preview.data} />
        )}
        <WhyField value={reason} onValueChange={setReason} />
      </div>
    </Dialog>
  );
}

/** What the merge brings together. */
function Brings({ result }: { result: MergeResult | undefined }) {
  if (!result) return <Skeleton height="84px" />;
  const { comments, links, children, connections, voters, both } = result;
  return (
    <section className={css.brings} aria-label={t('merge.brings')}>
      <h3 className={css.heading}>{t('merge.brings')}</h3>
      <ul>
        {comments > 0 && <li>{t('merge.comments', { n: comments })}</li>}
        {voters > 0 && <li>{t('merge.voters', { n: voters })}</li>}
        {both > 0 && <li>{t('merge.both', { n: both })}</li>}
        {links > 0 && <li>{t('merge.links', { n: links })}</li>}
        {children > 0 && <li>{t('merge.children', { n: children })}</li>}
        {connections > 0 && <li>{t('merge.connections', { n: connections })}</li>}
        <li>{t('merge.texts')}</li>
      </ul>
    </section>
  );
}

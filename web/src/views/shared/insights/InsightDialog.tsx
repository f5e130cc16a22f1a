import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { useSend } from '@/api/use-send.ts';
import { today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { type Insight, type InsightInput, useInsightWriter } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Rating } from '@/ui/Rating.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { type Chosen, CustomerPicker } from './CustomerPicker.tsx';
import css from './insights.module.css';

const reliabilities = ['', 'low', 'medium', 'high'] as const;

/** Props of InsightDialog. */
export interface InsightDialogProps {
  /** What is edited; absent for a new one. */
  insight?: Insight;
  /** The idea that a new one belongs to. */
  idea?: number;
  /** What a new one begins with. */
  start?: Partial<InsightInput>;
  onClose: () => void;
}

interface Draft {
  title: string;
  note: string;
  url: string;
  on: string;
  importance: number;
  against: boolean;
  reliability: (typeof reliabilities)[number];
  labels: string;
  person: Chosen | null;
  company: Chosen | null;
}

const chosen = (id: number | undefined, name: string | undefined): Chosen | null =>
  id ? { id, name: name ?? '' } : null;

function draftOf(insight: Insight | undefined, start: Partial<InsightInput> = {}): Draft {
  return {
    title: insight?.title ?? start.title ?? '',
    note: insight?.note ?? start.note ?? '',
    url: insight?.url ?? start.url ?? '',
    on: insight?.on ?? today(),
    importance: insight?.importance ?? 0,
    against: insight?.direction === 'against',
    reliability: reliabilities.find((each) => each === insight?.reliability) ?? '',
    labels: (insight?.labels ?? []).join(', '),
    person: chosen(insight?.person, insight?.personName),
    company: chosen(insight?.company, insight?.companyName),
  };
}

function bodyOf(draft: Draft) {
  return {
    title: draft.title,
    note: draft.note,
    url: draft.url,
    on: draft.on,
    importance: draft.importance,
    direction: draft.against ? ('against' as const) : ('' as const),
    reliability: draft.reliability,
    labels: draft.labels
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean),
    person: draft.person?.id ?? 0,
    company: draft.company?.id ?? 0,
  };
}

/** Records or edits an insight. */
export function InsightDialog({ insight, idea, start, onClose }: InsightDialogProps) {
  const { session } = useProject();
  const writer = useInsightWriter();
  const [draft, setDraft] = useState(() => draftOf(insight, start));
  const set = (patch: Partial<Draft>) => setDraft((last) => ({ ...last, ...patch }));
  // The page's name and icon are a courtesy: without them its address does.
  const lookUp = async (): Promise<{ page?: string; icon?: string }> => {
    const url = draft.url.trim();
    if (url === '' || url === insight?.url) return {};
    try {
      const path = { project: session.key };
      const info = await send(
        client.POST('/projects/{project}/page-info', { params: { path }, body: { url } }),
      );
      return { page: info.title, icon: info.icon ?? '' };
    } catch {
      return { page: start?.url === url ? start.page : '', icon: '' };
    }
  };
  const { busy, failure, send: save } = useSend();
  const submit = async () => {
    const done = await save(async () => {
      const body = { ...bodyOf(draft), ...(await lookUp()) };
      // Only what changed, so that naming the same customer does not note their values anew.
      if (insight) await writer.update(insight.id, { ...body, title: body.title || undefined });
      else {
        const group = await writer.add({ ...body, ...(idea ? { ideas: [{ idea: String(idea) }] } : {}) });
        toast({ title: t('insights.added'), undo: () => void session.undoGroup(group) });
      }
    });
    if (done) onClose();
  };
  return (
    <FormDialog
      title={t(insight ? 'insights.editTitle' : 'insights.addTitle')}
      action={t(insight ? 'ui.save' : 'insights.add')}
      busy={busy}
      refused={failure?.message}
      onSubmit={submit}
      onClose={onClose}
    >
      <Parts draft={draft} set={set} />
    </FormDialog>
  );
}

function Parts({ draft, set }: { draft: Draft; set: (patch: Partial<Draft>) => void }) {
  return (
    <>
      <Field label={t('insights.noteLabel')}>
        <TextArea rows={4} value={draft.note} onValueChange={(note) => set({ note })} />
      </Field>
      <Field label={t('insights.titleLabel')} hint={t('insights.titleHint')} optional>
        <TextField value={draft.title} onValueChange={(title) => set({ title })} />
      </Field>
      <div className={css.pair}>
        <Field label={t('insights.person')} optional>
          <CustomerPicker
            type="person"
            label={t('insights.person')}
            value={draft.person}
            onValueChange={(person) => set({ person })}
          />
        </Field>
        <Field label={t('insights.company')} optional>
          <CustomerPicker
            type="company"
            label={t('insights.company')}
            value={draft.company}
            onValueChange={(company) => set({ company })}
          />
        </Field>
        <Field label={t('insights.on')}>
          <TextField type="date" value={draft.on} onValueChange={(on) => set({ on })} />
        </Field>
        <Field label={t('insights.importance')}>
          <Rating
            aria-label={t('insights.importance')}
            value={draft.importance || null}
            onValueChange={(importance) => set({ importance: importance ?? 0 })}
          />
        </Field>
        <Field label={t('insights.direction')}>
          <Segments
            label={t('insights.direction')}
            options={[
              { value: 'for', label: t('insights.for') },
              { value: 'against', label: t('insights.against') },
            ]}
            value={draft.against ? 'against' : 'for'}
            onValueChange={(direction) => set({ against: direction === 'against' })}
          />
        </Field>
        <Field label={t('insights.reliability')}>
          <Select
            options={reliabilities.map((value) => ({
              value,
              label: t(`insights.reliability.${value === '' ? 'none' : value}`),
            }))}
            value={draft.reliability}
            onValueChange={(reliability) => set({ reliability })}
          />
        </Field>
        <Field label={t('insights.url')} optional>
          <TextField
            type="url"
            value={draft.url}
            placeholder="https://"
            onValueChange={(url) => set({ url })}
          />
        </Field>
        <Field label={t('insights.labels')} hint={t('insights.labelsHint')} optional>
          <TextField value={draft.labels} onValueChange={(labels) => set({ labels })} />
        </Field>
      </div>
    </>
  );
}

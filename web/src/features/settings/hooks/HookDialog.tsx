import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { t } from '@/lib/i18n.ts';
import { getProject } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useWorkspace } from '@/sync/project.tsx';
import { useAccount } from '@/sync/session.tsx';
import { MultiCombobox } from '@/ui/Combobox.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import type { ShownSecret } from './calls.ts';
import { createHook, type Hook, hookKeys, updateHook } from './calls.ts';
import { kindsFor, type Topic, topicsFor, topicsOf } from './topics.ts';

/** Props of HookDialog. */
export interface HookDialogProps {
  /** The one to change; none makes a new one. */
  hook?: Hook;
  onMade?: (made: ShownSecret) => void;
  onClose: () => void;
}

/** Makes a webhook, or changes one. */
export function HookDialog({ hook, onMade, onClose }: HookDialogProps) {
  const queries = useQueryClient();
  const places = usePlaces();
  const { busy, failure, send, clear } = useSend();
  const [name, setName] = useState(hook?.name ?? '');
  const [url, setUrl] = useState(hook?.url ?? '');
  const [place, setPlace] = useState<string>();
  const [chosen, setChosen] = useState<Topic[]>(topicsFor(hook?.kinds ?? []));
  const [fields, setFields] = useState<string[]>(hook?.fields ?? []);
  const project = hook ? (hook.project ?? '') : (place ?? places[0]?.value ?? '');
  const offered = topicsOf(project);
  const ofIdeas = project !== '' && (chosen.length === 0 || chosen.includes('ideas'));
  const submit = async () => {
    const facts = {
      name,
      url: url.trim(),
      kinds: kindsFor(chosen.filter((topic) => offered.includes(topic))),
      fields: ofIdeas ? fields : [],
    };
    const done = await send(async () => {
      if (hook) await updateHook(hook.id, facts);
      else onMade?.(await createHook({ ...facts, ...(project !== '' && { project }) }));
    });
    if (!done) return;
    onClose();
    await queries.invalidateQueries({ queryKey: hookKeys.all });
  };
  return (
    <FormDialog
      title={hook ? t('hooks.edit') : t('hooks.new')}
      action={hook ? t('ui.save') : t('hooks.create')}
      busy={busy}
      refused={unplaced(failure, ['name', 'url'])}
      onSubmit={submit}
      onEdit={clear}
      onClose={onClose}
    >
      <Field label={t('hooks.name')} hint={t('hooks.nameHint')} error={failure?.field('name')}>
        <TextField value={name} onValueChange={setName} autoComplete="off" />
      </Field>
      <Field label={t('hooks.url')} hint={t('hooks.urlHint')} error={failure?.field('url')}>
        <TextField type="url" value={url} onValueChange={setUrl} autoComplete="off" spellCheck={false} />
      </Field>
      {!hook && (
        <Field label={t('hooks.place')}>
          <Select
            options={places}
            value={project}
            onValueChange={(next) => {
              setPlace(next);
              setFields([]);
            }}
          />
        </Field>
      )}
      <Field label={t('hooks.topics')}>
        <MultiCombobox
          label={t('hooks.topics')}
          placeholder={t('hooks.everything')}
          options={offered.map((value) => ({ value, label: t(`hooks.topic.${value}`) }))}
          values={chosen}
          onValuesChange={(values) => setChosen(values as Topic[])}
        />
      </Field>
      {ofIdeas && <FieldChoice project={project} values={fields} onChange={setFields} />}
    </FormDialog>
  );
}

/** Where webhooks may be made: in the workspace, in projects. */
function usePlaces(): { value: string; label: string }[] {
  const { admin } = useAccount();
  const { workspace } = useWorkspace();
  const projects = (workspace?.projects ?? []).filter(({ role }) => hasRole(role, 'admin'));
  return [
    ...(admin ? [{ value: '', label: t('hooks.wholeWorkspace') }] : []),
    ...projects.map(({ key, name }) => ({ value: key, label: name })),
  ];
}

interface FieldChoiceProps {
  project: string;
  values: string[];
  onChange: (values: string[]) => void;
}

function FieldChoice({ project, values, onChange }: FieldChoiceProps) {
  const { data } = useQuery({
    queryKey: ['hook-fields', project],
    queryFn: async ({ signal }) => (await getProject(project, signal)).fields ?? [],
  });
  const options = [
    ...(['title', 'description', 'archived'] as const).map((value) => ({
      value,
      label: t(`hooks.builtin.${value}`),
    })),
    ...(data ?? []).map(({ ref, name }) => ({ value: ref, label: name })),
  ];
  return (
    <Field label={t('hooks.fields')} hint={t('hooks.fieldsHint')}>
      <MultiCombobox
        label={t('hooks.fields')}
        placeholder={t('hooks.anyField')}
        options={options}
        values={values}
        onValuesChange={onChange}
      />
    </Field>
  );
}

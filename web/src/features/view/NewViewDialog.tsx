import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useLocation } from 'wouter';
import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { headersOf, newGroup } from '@/sync/calls.ts';
import { useProject } from '@/sync/project.tsx';
import { useViewWriter } from '@/sync/use-views.ts';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { definitionOf } from './draft.ts';
import css from './gallery.module.css';
import { KindPicture } from './KindPicture.tsx';
import { plainView, useCreateView } from './use-create-view.ts';

type Template = components['schemas']['ViewTemplate'];

const plain = '';
const copy = 'copy';

/** Asks what a new view starts with, what it is called and which fields it uses, and makes it. */
export default function NewViewDialog({ onClose }: { onClose: () => void }) {
  const { project, views } = useProject();
  const { data: templates = [] } = useQuery({
    queryKey: ['view-templates', project.key, project.fields?.length],
    queryFn: async ({ signal }) => {
      const path = { project: project.key };
      const answer = await send(
        client.GET('/projects/{project}/view-templates', { params: { path }, signal }),
      );
      return answer.templates ?? [];
    },
  });
  const [start, setStart] = useState(plain);
  const [like, setLike] = useState(views[0]?.id ?? 0);
  const [typed, setTyped] = useState<string>();
  const [fields, setFields] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const chosen = templates.find((template) => template.name === start);
  const model = views.find((view) => view.id === like);
  const copied = start === copy && model ? t('view.copyOf', { name: model.name }) : '';
  const name = typed ?? chosen?.label ?? copied;
  const make = useMake(start === copy ? like : undefined);
  const submit = async () => {
    if (name.trim() === '') {
      setProblem(t('view.needsName'));
      return;
    }
    setBusy(true);
    try {
      await make(name.trim(), chosen, fields);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  const choose = (next: string) => {
    setStart(next);
    setFields({});
    setProblem(undefined);
  };
  return (
    <FormDialog
      size="large"
      title={t('view.new')}
      action={t('view.create')}
      busy={busy}
      refused={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('view.name')}>
        <TextField size="large" value={name} maxLength={120} autoComplete="off" onValueChange={setTyped} />
      </Field>
      <fieldset className={css.grid}>
        <legend className="visually-hidden">{t('view.start')}</legend>
        <Card
          value={plain}
          chosen={start}
          onChoose={choose}
          kind="list"
          name={t('view.start.plain')}
          about={t('view.start.plainAbout')}
        />
        {templates.map((each) => (
          <Card
            key={each.name}
            value={each.name}
            chosen={start}
            onChoose={choose}
            kind={each.kind}
            name={each.label}
            about={each.description}
          />
        ))}
        <Card
          value={copy}
          chosen={start}
          onChoose={choose}
          kind={model?.kind ?? 'list'}
          name={t('view.start.copyOfView')}
          about={t('view.start.copyAbout')}
        />
      </fieldset>
      {start === copy && (
        <Field label={t('view.start.which')}>
          <Select
            size="large"
            options={views.map((view) => ({ value: String(view.id), label: view.name }))}
            value={String(like)}
            onValueChange={(next) => setLike(Number(next))}
          />
        </Field>
      )}
      {chosen && <Fields template={chosen} value={fields} onValueChange={setFields} />}
    </FormDialog>
  );
}

/** Makes the view; a template's fields that are missing come with it, in one step for undo. */
function useMake(like: number | undefined) {
  const { project, fields, views, session } = useProject();
  const create = useCreateView();
  const writer = useViewWriter();
  const [, go] = useLocation();
  return async (name: string, template: Template | undefined, chosen: Record<string, string>) => {
    if (!template) {
      const model = views.find((view) => view.id === like);
      await create({ ...(model ? definitionOf(model) : plainView(fields)), name });
      return;
    }
    const group = newGroup();
    const path = { project: project.key, template: template.name };
    const view = await send(
      client.POST('/projects/{project}/view-templates/{template}', {
        params: { path },
        body: { name, fields: chosen },
        headers: headersOf(group),
      }),
    );
    session.undoStack.push(group);
    await writer.reload();
    go(paths.view(project.key, view.id));
  };
}

interface CardProps {
  value: string;
  chosen: string;
  onChoose: (value: string) => void;
  kind: string;
  name: string;
  about: string;
}

function Card({ value, chosen, onChoose, kind, name, about }: CardProps) {
  const id = useId();
  return (
    <label className={css.card}>
      <input
        type="radio"
        name="start"
        className="visually-hidden"
        checked={value === chosen}
        aria-describedby={id}
        aria-label={name}
        onChange={() => onChoose(value)}
      />
      <KindPicture kind={kind} />
      <span className={css.name}>{name}</span>
      <span id={id} className={css.about}>
        {about}
      </span>
    </label>
  );
}

interface FieldsProps {
  template: Template;
  value: Record<string, string>;
  onValueChange: (value: Record<string, string>) => void;
}

/** Which of the project's fields a template uses, and which are made. */
function Fields({ template, value, onValueChange }: FieldsProps) {
  const { fields } = useProject();
  return (
    <div className={css.fields}>
      <p className={css.hint}>{t('view.start.fields')}</p>
      {(template.fields ?? []).map((slot) => (
        <Field key={slot.slot} label={slot.name}>
          <Select
            options={[
              { value: '', label: t('view.start.newField') },
              ...fields
                .filter((field) => field.type === slot.type)
                .map((field) => ({ value: field.ref, label: field.name })),
            ]}
            value={value[slot.slot] ?? slot.found ?? ''}
            onValueChange={(ref) => onValueChange({ ...value, [slot.slot]: ref })}
          />
        </Field>
      ))}
    </div>
  );
}

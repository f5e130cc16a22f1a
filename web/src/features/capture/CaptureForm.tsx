import { type FormEvent, type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { typeOf } from '@/fields/registry.ts';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import { createQueue } from '@/lib/queue.ts';
import { ideaAddress } from '@/lib/routes.ts';
import { createIdea, newGroup } from '@/sync/calls.ts';
import { mayEdit } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FieldInfo, Idea, Project, Ref } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextArea } from '@/ui/TextArea.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { Similar } from '@/views/shared/Similar.tsx';
import { Added, type AddedIdea } from './Added.tsx';
import css from './Capture.module.css';
import { CaptureField } from './CaptureField.tsx';

interface CaptureFormProps {
  projects: readonly Project[];
  /** The title to begin with. */
  begun: string;
  onProjectChange: (key: string) => void;
  onClose: () => void;
  titleRef: RefObject<HTMLInputElement | null>;
}

const shownFields = 4;

/** The fields that capture offers: the pinned ones that this person may set, else the first few. */
export function captureFields(fields: readonly FieldInfo[], role: Project['role']): FieldInfo[] {
  const open = fields.filter((field) => {
    const { Editor, toggle } = typeOf(field);
    return !field.hidden && mayEdit(field, role) && (Editor || toggle);
  });
  // What a new idea must have comes first, however much it is.
  const required = open.filter((field) => field.rules?.onCreate);
  const others = open.filter((field) => !field.rules?.onCreate);
  const pinned = others.filter((field) => field.pinned);
  const rest = others.filter((field) => !field.pinned);
  return [...required, ...[...pinned, ...rest].slice(0, Math.max(0, shownFields - required.length))];
}

/** Takes down one idea after the other. */
export function CaptureForm({ projects, begun, onProjectChange, onClose, titleRef }: CaptureFormProps) {
  const { project, fields, session } = useProject();
  const [path, go] = useLocation();
  const search = useSearch();
  const [title, setTitle] = useState(begun);
  const [description, setDescription] = useState('');
  const [values, setValues] = useState<Record<Ref, CellValue>>({});
  const [added, setAdded] = useState<AddedIdea[]>([]);
  const [wrong, setWrong] = useState<string>();
  const [queue] = useState(createQueue);
  const form = useRef<HTMLFormElement>(null);

  const add = async (): Promise<Idea | undefined> => {
    const name = title.replace(/\s+/g, ' ').trim();
    if (name === '') {
      setWrong(t('capture.titleNeeded'));
      titleRef.current?.focus();
      return undefined;
    }
    const group = newGroup();
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    const body = { title: name, description: description.trim() || undefined, values: given };
    // The line is free for the next idea at once; one that is refused comes back, with its reason.
    setTitle('');
    setDescription('');
    setWrong(undefined);
    titleRef.current?.focus();
    try {
      const idea = await queue(() => createIdea(project.key, body, group));
      session.undoStack.push(group);
      session.refresh();
      setAdded((last) => [{ key: idea.key, title: idea.title, group }, ...last]);
      return idea;
    } catch (error) {
      const reason = errorText(error);
      const free = titleRef.current?.value === '';
      setWrong(free ? reason : t('capture.notAdded', { title: name, reason }));
      setTitle((next) => next || name);
      setDescription((next) => next || description);
      return undefined;
    }
  };
  const open = (key: string) => {
    onClose();
    go(ideaAddress(key, path, search));
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void add();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    void add().then((idea) => {
      if (idea) open(idea.key);
    });
  };
  return (
    <form ref={form} className={css.form} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
      {projects.length > 1 && (
        <Select
          className={css.project}
          aria-label={t('shell.project')}
          options={projects.map(({ key, name }) => ({ value: key, label: name, hint: key }))}
          value={project.key}
          onValueChange={onProjectChange}
        />
      )}
      <Field label={t('idea.title')} hideLabel error={wrong}>
        <TextField
          ref={titleRef}
          size="large"
          value={title}
          placeholder={t('capture.titlePlaceholder')}
          autoComplete="off"
          onValueChange={(next) => {
            setTitle(next);
            setWrong(undefined);
          }}
        />
      </Field>
      <Similar project={project.key} title={title} onOpen={open} />
      <Field label={t('idea.description')} hideLabel>
        <TextArea
          rows={2}
          value={description}
          onValueChange={setDescription}
          placeholder={t('capture.descriptionPlaceholder')}
        />
      </Field>
      <div className={css.fields}>
        {captureFields(fields, project.role).map((field) => (
          <CaptureField
            key={field.ref}
            field={field}
            value={values[field.ref] ?? null}
            onValueChange={(value) => setValues((last) => ({ ...last, [field.ref]: value }))}
          />
        ))}
      </div>
      <footer className={css.foot}>
        <span className={css.keys}>
          <Kbd keys="Enter" /> {t('capture.adds')} <Kbd keys="$mod+Enter" /> {t('capture.opens')}
        </span>
        <Button type="submit" tone="primary">
          {t('capture.submit')}
        </Button>
      </footer>
      <Added
        ideas={added}
        onOpen={open}
        onGone={(key) => setAdded((last) => last.filter((idea) => idea.key !== key))}
      />
    </form>
  );
}

import { useEffect, useMemo, useState } from 'react';
import { optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { getProject } from '@/sync/calls.ts';
import { useProject, useWorkspace } from '@/sync/project.tsx';
import type { IdeaType } from '@/sync/types.ts';
import { MultiCombobox } from '@/ui/Combobox.tsx';
import type { ComboOption } from '@/ui/combo.ts';
import { Field } from '@/ui/Field.tsx';
import css from '../fields.module.css';
import { typeIcon } from '../type-icons.ts';
import type { SettingsProps } from '../types.ts';

/** A project as far as its types can be chosen. */
export interface TypedProject {
  id: number;
  name: string;
  types: readonly IdeaType[];
}

/**
 * The types that can be chosen: those of the projects that the field is narrowed to, or else of its own; and those that
 * are chosen already, whatever they belong to. Types of other projects say which.
 */
export function typeChoices(
  known: readonly TypedProject[],
  own: number,
  chosen: { projects: readonly number[]; types: readonly number[] },
): ComboOption[] {
  const offered = chosen.projects.length > 0 ? chosen.projects : [own];
  const options = known.flatMap(({ id, name, types }) =>
    types
      .filter((type) => offered.includes(id) || chosen.types.includes(type.id))
      .map((type) => ({
        value: String(type.id),
        label: type.name,
        icon: typeIcon(type.icon),
        color: optionColor(type.color),
        hint: id === own ? undefined : name,
      })),
  );
  const lost = chosen.types.filter((type) => !options.some(({ value }) => value === String(type)));
  return [
    ...options,
    ...lost.map((type) => ({ value: String(type), label: t('field.connection.otherType') })),
  ];
}

/** The types of the projects that are chosen; those of others are asked for once. */
function useTypedProjects(ids: readonly number[]): readonly TypedProject[] {
  const { project, types } = useProject();
  const { workspace } = useWorkspace();
  const [others, setOthers] = useState<readonly TypedProject[]>([]);
  const wanted = ids.filter((id) => id !== project.id && !others.some((other) => other.id === id));
  const keys = (workspace?.projects ?? []).filter(({ id }) => wanted.includes(id)).map(({ key }) => key);
  const asked = keys.join(' ');
  useEffect(() => {
    if (asked === '') return;
    const abort = new AbortController();
    void Promise.all(
      asked.split(' ').map(async (key) => {
        const { id, name, types: theirs } = await getProject(key, abort.signal);
        return { id, name, types: theirs ?? [] };
      }),
    ).then(
      (found) => setOthers((last) => [...last, ...found]),
      // Without an answer their types are not offered; what is chosen stays.
      () => {},
    );
    return () => abort.abort();
  }, [asked]);
  return useMemo(
    () => [{ id: project.id, name: project.name, types }, ...others],
    [project.id, project.name, types, others],
  );
}

/** Which ideas a connection field may hold: of which projects, and of which types. */
export function ConnectionSettings({ connection, onConnectionChange }: SettingsProps) {
  const { project } = useProject();
  const { workspace } = useWorkspace();
  const projects = connection.projects ?? [];
  const chosen = connection.types ?? [];
  const known = useTypedProjects(projects);
  const listed = (workspace?.projects ?? []).map(({ id, name, key }) => ({
    value: String(id),
    label: name,
    hint: key,
  }));
  const hidden = projects.filter((id) => !listed.some(({ value }) => value === String(id)));
  const set = (change: Partial<typeof connection>) => onConnectionChange({ ...connection, ...change });
  return (
    <div className={css.form}>
      <Field label={t('field.connection.projects')} hint={t('field.connection.projectsHint')}>
        <MultiCombobox
          label={t('field.connection.projects')}
          options={[
            ...listed,
            ...hidden.map((id) => ({ value: String(id), label: t('field.connection.otherProject') })),
          ]}
          values={projects.map(String)}
          placeholder={t('field.connection.anyProject')}
          onValuesChange={(next) => set({ projects: next.map(Number) })}
        />
      </Field>
      <Field label={t('field.connection.types')} hint={t('field.connection.typesHint')}>
        <MultiCombobox
          label={t('field.connection.types')}
          options={typeChoices(known, project.id, { projects, types: chosen })}
          values={chosen.map(String)}
          placeholder={t('field.connection.anyType')}
          emptyText={t('field.connection.noTypes')}
          onValuesChange={(next) => set({ types: next.map(Number) })}
        />
      </Field>
    </div>
  );
}

import { LayoutList } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { hasRole } from '@/sync/facts.ts';
import { useOptionalProject, useProject } from '@/sync/project.tsx';
import type { FieldInfo, ViewInput } from '@/sync/types.ts';
import { useViewWriter } from '@/sync/use-views.ts';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { definitionOf } from './draft.ts';
import { ViewDialog, type ViewFacts } from './ViewDialog.tsx';

/** The id of the command that makes a view, for buttons that run it. */
export const newViewAction = 'view.new';

const empty = '';
const firstFields = 6;

/** A list of all ideas with the project's first fields. */
export function plainView(fields: readonly FieldInfo[]): Omit<ViewInput, 'name'> {
  const short = fields.filter((field) => field.type !== 'long_text' && !field.hidden);
  const columns = short.slice(0, firstFields).map((field) => ({ field: field.ref }));
  return { kind: 'list', position: 0, query: {}, columns };
}

/** The command that makes a view of the open project, and its dialog; once, within the project. */
export function NewView() {
  const around = useOptionalProject();
  const [open, setOpen] = useState(false);
  const possible = around !== null && hasRole(around.project.role, 'editor');
  const actions = useMemo<Action[]>(
    () => [
      {
        id: newViewAction,
        title: 'view.new',
        section: 'view',
        icon: LayoutList,
        when: () => possible,
        run: () => setOpen(true),
      },
    ],
    [possible],
  );
  useActions(actions);
  return open && possible ? <NewViewDialog onClose={() => setOpen(false)} /> : null;
}

function NewViewDialog({ onClose }: { onClose: () => void }) {
  const { fields, views } = useProject();
  const create = useCreateView();
  const [start, setStart] = useState(empty);
  const submit = (facts: ViewFacts) => {
    const like = views.find((view) => String(view.id) === start);
    return create({ ...(like ? definitionOf(like) : plainView(fields)), ...facts });
  };
  return (
    <ViewDialog
      title={t('view.new')}
      action={t('view.create')}
      first={{ name: '' }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('view.start')}>
        <Select
          size="large"
          options={[
            { value: empty, label: t('view.start.plain') },
            ...views.map((view) => ({ value: String(view.id), label: t('view.start.copy', { name: view.name }) })),
          ]}
          value={start}
          onValueChange={setStart}
        />
      </Field>
    </ViewDialog>
  );
}

/** Saves a new view behind the others, and goes there. */
export function useCreateView(): (definition: ViewInput) => Promise<void> {
  const { project } = useProject();
  const writer = useViewWriter();
  const [, go] = useLocation();
  return async (definition) => {
    const view = await writer.create({ ...definition, position: 0 });
    go(paths.view(project.key, view.id));
  };
}

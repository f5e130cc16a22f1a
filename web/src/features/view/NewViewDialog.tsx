import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { definitionOf } from './draft.ts';
import { plainView, useCreateView } from './use-create-view.ts';
import { ViewDialog, type ViewFacts } from './ViewDialog.tsx';

const empty = '';

/** Asks what a new view is called and what it starts with, and makes it. */
export default function NewViewDialog({ onClose }: { onClose: () => void }) {
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
            ...views.map((view) => ({
              value: String(view.id),
              label: t('view.start.copy', { name: view.name }),
            })),
          ]}
          value={start}
          onValueChange={setStart}
        />
      </Field>
    </ViewDialog>
  );
}

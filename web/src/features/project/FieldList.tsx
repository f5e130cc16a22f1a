import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { deleteField, restoreField, updateField } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { toast } from '@/ui/Toast.tsx';
import { useOrder } from '@/views/shared/order/use-order.ts';
import { DeletedFields } from './DeletedFields.tsx';
import { FieldDialog } from './FieldDialog.tsx';
import { FieldLine } from './FieldLine.tsx';
import { OrderedSection } from './OrderedSection.tsx';
import { useSave } from './use-save.ts';

/** The project's fields in their order: made, changed, moved and deleted here. */
export function FieldList() {
  const { project, fields } = useProject();
  const { failure, save } = useSave();
  const [editing, setEditing] = useState<number | 'new'>();
  const locked = !hasRole(project.role, 'admin');
  const { movesOf, said } = useOrder({
    kind: 'cairn.field',
    items: fields,
    locked,
    put: async (ref, position) => {
      const id = fields.find((field) => field.ref === ref)?.id;
      return id !== undefined && save(() => updateField(id, { position }));
    },
    moved: (name) => t('project.field.moved', { name }),
  });
  const toggle = (field: FieldInfo, change: Parameters<typeof updateField>[1]) => {
    const { id } = field;
    if (id !== undefined) void save(() => updateField(id, change));
  };
  const remove = async ({ id, name }: FieldInfo) => {
    if (id === undefined || !(await save(() => deleteField(id)))) return;
    toast({ title: t('project.field.deleted', { name }), undo: () => void save(() => restoreField(id)) });
  };
  const edited = fields.find((field) => field.id === editing);
  return (
    <OrderedSection
      text={t('project.fieldsText')}
      add={t('project.field.add')}
      onAdd={locked ? undefined : () => setEditing('new')}
      failure={failure}
      said={said}
      empty={<EmptyState title={t('project.noFields')}>{t('project.noFieldsText')}</EmptyState>}
      lines={fields.map((field) => (
        <FieldLine
          key={field.ref}
          field={field}
          moves={movesOf(field.ref)}
          onOpen={() => setEditing(field.id)}
          onToggle={(change) => toggle(field, change)}
          onDelete={() => void remove(field)}
        />
      ))}
    >
      {!locked && <DeletedFields />}
      {(editing === 'new' || edited) && (
        <FieldDialog key={editing} field={edited} onClose={() => setEditing(undefined)} />
      )}
    </OrderedSection>
  );
}

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { deleteField, restoreField, updateField } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { toast } from '@/ui/Toast.tsx';
import { DeletedFields } from './DeletedFields.tsx';
import { FieldDialog } from './FieldDialog.tsx';
import { FieldLine } from './FieldLine.tsx';
import css from './project.module.css';
import { useOrder } from './use-order.ts';
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
    <div className={css.section}>
      <div className={css.sectionHead}>
        <p className={css.text}>{t('project.fieldsText')}</p>
        {!locked && (
          <Button tone="primary" icon={Plus} onClick={() => setEditing('new')}>
            {t('project.field.add')}
          </Button>
        )}
      </div>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {fields.length === 0 && (
        <EmptyState title={t('project.noFields')}>{t('project.noFieldsText')}</EmptyState>
      )}
      {fields.length > 0 && (
        <ul className={css.list}>
          {fields.map((field) => (
            <FieldLine
              key={field.ref}
              field={field}
              moves={movesOf(field.ref)}
              onOpen={() => setEditing(field.id)}
              onToggle={(change) => toggle(field, change)}
              onDelete={() => void remove(field)}
            />
          ))}
        </ul>
      )}
      {!locked && <DeletedFields />}
      {(editing === 'new' || edited) && (
        <FieldDialog key={editing} field={edited} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}

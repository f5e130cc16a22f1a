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
import { type Place, positionAt, stepPlace } from './order.ts';
import css from './project.module.css';
import { useSave } from './use-save.ts';

/** The project's fields in their order: made, changed, moved and deleted here. */
export function FieldList() {
  const { project, fields } = useProject();
  const { failure, save } = useSave();
  const [editing, setEditing] = useState<number | 'new'>();
  const [said, setSaid] = useState('');
  const locked = !hasRole(project.role, 'admin');

  const move = async (ref: string, place: Place | undefined) => {
    const field = fields.find((each) => each.ref === ref);
    const position = place && positionAt(fields, ref, place);
    if (!field?.id || position === undefined) return;
    const { id, name } = field;
    if (await save(() => updateField(id, { position }))) setSaid(t('project.field.moved', { name }));
  };
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
              locked={locked}
              onOpen={() => setEditing(field.id)}
              onDrop={(moved, place) => void move(moved, place)}
              onStep={(by) => void move(field.ref, stepPlace(fields, field.ref, by))}
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

import { ArrowDown, ArrowUp, Eye, EyeOff, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { type CustomerField, useCustomerFields } from '@/sync/customers.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { toast } from '@/ui/Toast.tsx';
import css from './customers.module.css';
import { FieldForm, type FieldInput, inputOf, typeName } from './FieldForm.tsx';
import { useWrite } from './use-write.ts';

/** What the workspace notes of its customers, for administrators: made, renamed, moved, hidden, made otherwise, deleted. */
export function FieldsDialog({ onClose }: { onClose: () => void }) {
  const fields = useCustomerFields();
  const { write, error, busy } = useWrite();
  const [editing, edit] = useState<number | 'new'>();
  const save = async (field: CustomerField | undefined, body: FieldInput) => {
    const done = await write((headers) =>
      field
        ? send(
            client.PUT('/customer-fields/{field}', { params: { path: { field: field.id } }, body, headers }),
          )
        : send(client.POST('/customer-fields', { body, headers })),
    );
    if (!done) return;
    edit(undefined);
    const { lost } = done.done;
    if (lost) toast({ title: t('customers.fieldLost', { n: lost, field: body.name }), undo: done.undo });
  };
  const remove = async (field: CustomerField) => {
    const done = await write((headers) =>
      send(client.DELETE('/customer-fields/{field}', { params: { path: { field: field.id } }, headers })),
    );
    if (done) toast({ title: t('customers.fieldDeleted', { field: field.name }), undo: done.undo });
  };
  const move = (at: number, by: 1 | -1) => {
    const field = fields[at];
    const other = fields[at + by];
    if (!field || !other) return;
    const beyond = fields[at + 2 * by]?.position ?? other.position + 2 * by;
    void save(field, { ...inputOf(field), position: (other.position + beyond) / 2 });
  };
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => !open && onClose()}
      title={t('customers.fieldsTitle')}
      description={t('customers.fieldsText')}
    >
      <div className={css.form}>
        {error && <Banner tone="danger">{error}</Banner>}
        <ul className={css.list} aria-label={t('customers.fields')}>
          {fields.map((field, at) =>
            editing === field.id ? (
              <li key={field.id}>
                <FieldForm
                  field={field}
                  busy={busy}
                  onSave={(body) => void save(field, body)}
                  onCancel={() => edit(undefined)}
                />
              </li>
            ) : (
              <FieldLine
                key={field.id}
                field={field}
                first={at === 0}
                last={at === fields.length - 1}
                onMove={(by) => move(at, by)}
                onHide={() => void save(field, { ...inputOf(field), hidden: !field.hidden })}
                onEdit={() => edit(field.id)}
                onDelete={() => void remove(field)}
              />
            ),
          )}
        </ul>
        {editing === 'new' ? (
          <FieldForm
            busy={busy}
            onSave={(body) => void save(undefined, body)}
            onCancel={() => edit(undefined)}
          />
        ) : (
          <div className={css.bar}>
            <Button tone="primary" onClick={() => edit('new')}>
              {t('customers.fieldAdd')}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

interface FieldLineProps {
  field: CustomerField;
  first: boolean;
  last: boolean;
  onMove: (by: 1 | -1) => void;
  onHide: () => void;
  onEdit: () => void;
  onDelete: () => void;
}

function FieldLine({ field, first, last, onMove, onHide, onEdit, onDelete }: FieldLineProps) {
  const { name, of, hidden, unit } = field;
  const kind = t(of === 'company' ? 'customers.company' : 'customers.person');
  return (
    <li className={css.line}>
      <span data-hidden={hidden || undefined} className={css.fieldName}>
        {name}{' '}
        <span className={css.quiet}>
          {[kind, typeName(field.type), unit, hidden && t('customers.fieldIsHidden')]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className={css.buttons}>
        <IconButton
          label={t('customers.fieldUp', { field: name })}
          icon={ArrowUp}
          size="tiny"
          disabled={first}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('customers.fieldDown', { field: name })}
          icon={ArrowDown}
          size="tiny"
          disabled={last}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={t(hidden ? 'customers.fieldShow' : 'customers.fieldHide', { field: name })}
          icon={hidden ? EyeOff : Eye}
          size="tiny"
          onClick={onHide}
        />
        <IconButton
          label={t('customers.fieldEdit', { field: name })}
          icon={Pencil}
          size="tiny"
          onClick={onEdit}
        />
        <IconButton
          label={t('customers.fieldDelete', { field: name })}
          icon={Trash2}
          size="tiny"
          onClick={onDelete}
        />
      </span>
    </li>
  );
}

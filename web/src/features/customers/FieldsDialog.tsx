import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client, send } from '@/api/client.ts';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { type CustomerField, useCustomerFields } from '@/sync/customers.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { toast } from '@/ui/Toast.tsx';
import { type LineMoves, OrderedLine } from '@/views/shared/order/OrderedLine.tsx';
import { useOrder } from '@/views/shared/order/use-order.ts';
import { fieldInfo } from './columns.ts';
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
    if (!done) return false;
    edit(undefined);
    const { lost } = done.done;
    if (lost) toast({ title: t('customers.fieldLost', { n: lost, field: body.name }), undo: done.undo });
    return true;
  };
  const remove = async (field: CustomerField) => {
    const done = await write((headers) =>
      send(client.DELETE('/customer-fields/{field}', { params: { path: { field: field.id } }, headers })),
    );
    if (done) toast({ title: t('customers.fieldDeleted', { field: field.name }), undo: done.undo });
  };
  const { movesOf, said } = useOrder({
    kind: 'cairn.customer-field',
    items: fields,
    locked: false,
    put: async (ref, position) => {
      const field = fields.find((each) => each.ref === ref);
      return field !== undefined && save(field, { ...inputOf(field), position });
    },
    moved: (name) => t('customers.fieldMoved', { field: name }),
  });
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
        <ul className={css.fieldList} aria-label={t('customers.fields')}>
          {fields.map((field) =>
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
                moves={movesOf(field.ref)}
                onHide={() => void save(field, { ...inputOf(field), hidden: !field.hidden })}
                onEdit={() => edit(field.id)}
                onDelete={() => void remove(field)}
              />
            ),
          )}
        </ul>
        <p className="visually-hidden" role="status">
          {said}
        </p>
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
  moves: LineMoves;
  onHide: () => void;
  onEdit: () => void;
  onDelete: () => void;
}

function FieldLine({ field, moves, onHide, onEdit, onDelete }: FieldLineProps) {
  const { name, of, hidden = false, unit } = field;
  const kind = t(of === 'company' ? 'customers.company' : 'customers.person');
  return (
    <OrderedLine
      moves={moves}
      name={name}
      icon={<Icon of={typeOf(fieldInfo(field)).icon} />}
      note={
        <span className={css.quiet}>{[kind, typeName(field.type), unit].filter(Boolean).join(' · ')}</span>
      }
      onOpen={onEdit}
      first={[{ id: 'edit', label: t('customers.fieldEdit'), icon: Pencil, onSelect: onEdit }]}
      items={[
        { id: 'hide', label: t('customers.fieldHide'), checked: hidden, onSelect: onHide },
        { kind: 'separator', id: 'line' },
        { id: 'delete', label: t('customers.fieldDelete'), icon: Trash2, danger: true, onSelect: onDelete },
      ]}
    >
      {hidden && <Badge>{t('customers.fieldIsHidden')}</Badge>}
    </OrderedLine>
  );
}

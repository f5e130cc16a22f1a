import '@/lib/messages/later/tree.ts';
import { useState } from 'react';
import { typeIcon } from '@/fields/type-icons.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaType } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import css from './project.module.css';

interface DeleteTypeProps {
  type: IdeaType;
  onClose: () => void;
  /** Hears which type the ideas get instead, 0 for none. */
  onDelete: (to: number) => void;
}

/** Asks what becomes of the ideas that have a type which goes. */
export function DeleteType({ type, onClose, onDelete }: DeleteTypeProps) {
  const { types } = useProject();
  const [to, setTo] = useState('0');
  const others = types.filter((each) => each.id !== type.id);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('project.ideaType.deleteTitle', { name: type.name })}
    >
      <div className={css.form}>
        <p className={css.text}>{t('project.ideaType.deleteText', { n: type.ideas })}</p>
        <Field label={t('project.ideaType.instead')}>
          <Select
            options={[
              { value: '0', label: t('tree.noType') },
              ...others.map((each) => ({
                value: String(each.id),
                label: each.name,
                icon: typeIcon(each.icon),
              })),
            ]}
            value={to}
            onValueChange={setTo}
          />
        </Field>
        <footer className={css.foot}>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="danger" onClick={() => onDelete(Number(to))}>
            {t('project.ideaType.delete')}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}

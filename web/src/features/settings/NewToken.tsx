import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { Day } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { DatePicker } from '@/ui/DatePicker.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { createToken, type NewToken, settingsKeys, type TokenInput } from './calls.ts';
import { expiryOf, type Life, lives } from './expiry.ts';
import css from './settings.module.css';
import { unplaced, useSend } from './use-send.ts';

const scopes = ['read', 'write'] as const;

/** Props of NewTokenDialog. */
export interface NewTokenDialogProps {
  onMade: (token: NewToken) => void;
  onClose: () => void;
}

/** Makes an API token. */
export function NewTokenDialog({ onMade, onClose }: NewTokenDialogProps) {
  const form = useId();
  const queries = useQueryClient();
  const { busy, failure, send, clear } = useSend();
  const submit = async (input: TokenInput) => {
    if (!(await send(async () => onMade(await createToken(input))))) return;
    onClose();
    await queries.invalidateQueries({ queryKey: settingsKeys.tokens });
  };
  const refused = unplaced(failure, ['name', 'expiresAt']);
  return (
    <FormDialog
      form={form}
      title={t('settings.newToken')}
      action={t('settings.createToken')}
      busy={busy}
      onClose={onClose}
    >
      <div className={css.stack}>
        {refused && <Banner tone="danger">{refused}</Banner>}
        <TokenForm
          id={form}
          nameError={failure?.field('name')}
          dayError={failure?.field('expiresAt')}
          onSubmit={(input) => void submit(input)}
          onEdit={clear}
        />
      </div>
    </FormDialog>
  );
}

interface TokenFormProps {
  id: string;
  nameError: string | undefined;
  dayError: string | undefined;
  onSubmit: (input: TokenInput) => void;
  onEdit: () => void;
}

function TokenForm({ id, nameError, dayError, onSubmit, onEdit }: TokenFormProps) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenInput['scope']>('read');
  const [life, setLife] = useState<Life>('90');
  const [day, setDay] = useState<Day | null>(null);
  const [dayMissing, setDayMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = life === 'day' && day === null;
    setDayMissing(missing);
    if (!missing) onSubmit({ name, scope, expiresAt: expiryOf(life, day) });
  };
  return (
    <form id={id} className={css.form} onSubmit={submit} onInput={onEdit} noValidate>
      <Field label={t('settings.tokenName')} hint={t('settings.tokenNameHint')} error={nameError}>
        <TextField value={name} onValueChange={setName} autoComplete="off" />
      </Field>
      <Field label={t('settings.scope')} hint={t(`settings.scope.${scope}Text`)}>
        <Select
          options={scopes.map((value) => ({ value, label: t(`settings.scope.${value}`) }))}
          value={scope}
          onValueChange={setScope}
        />
      </Field>
      <Field
        label={t('settings.expiry')}
        error={dayMissing && day === null ? t('settings.dayMissing') : dayError}
      >
        <Select
          options={lives.map((value) => ({ value, label: t(`settings.life.${value}`) }))}
          value={life}
          onValueChange={setLife}
        />
        {life === 'day' && <DatePicker label={t('settings.lastDay')} value={day} onValueChange={setDay} />}
      </Field>
    </form>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import type { Day } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { DatePicker } from '@/ui/DatePicker.tsx';
import { Field } from '@/ui/Field.tsx';
import { FormDialog } from '@/ui/FormDialog.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { createToken, type NewToken, settingsKeys, type TokenInput } from './calls.ts';
import { expiryOf, type Life, lives } from './expiry.ts';

const scopes = ['read', 'write'] as const;

/** Props of NewTokenDialog. */
export interface NewTokenDialogProps {
  onMade: (token: NewToken) => void;
  onClose: () => void;
}

/** Makes an API token. */
export function NewTokenDialog({ onMade, onClose }: NewTokenDialogProps) {
  const queries = useQueryClient();
  const { busy, failure, send, clear } = useSend();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenInput['scope']>('read');
  const [life, setLife] = useState<Life>('90');
  const [day, setDay] = useState<Day | null>(null);
  const [tried, setTried] = useState(false);
  const dayMissing = life === 'day' && day === null;
  const submit = async () => {
    setTried(true);
    if (dayMissing) return;
    const input = { name, scope, expiresAt: expiryOf(life, day) };
    if (!(await send(async () => onMade(await createToken(input))))) return;
    onClose();
    await queries.invalidateQueries({ queryKey: settingsKeys.tokens });
  };
  return (
    <FormDialog
      title={t('settings.newToken')}
      action={t('settings.createToken')}
      busy={busy}
      refused={unplaced(failure, ['name', 'expiresAt'])}
      onSubmit={submit}
      onEdit={clear}
      onClose={onClose}
    >
      <Field
        label={t('settings.tokenName')}
        hint={t('settings.tokenNameHint')}
        error={failure?.field('name')}
      >
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
        error={tried && dayMissing ? t('settings.dayMissing') : failure?.field('expiresAt')}
      >
        <Select
          options={lives.map((value) => ({ value, label: t(`settings.life.${value}`) }))}
          value={life}
          onValueChange={setLife}
        />
        {life === 'day' && <DatePicker label={t('settings.lastDay')} value={day} onValueChange={setDay} />}
      </Field>
    </FormDialog>
  );
}

import { t } from '@/lib/i18n.ts';
import { Field } from '@/ui/Field.tsx';
import { PasswordField, TextField } from '@/ui/TextField.tsx';
import { type Entries, passwordMin } from './check.ts';
import type { AuthForm } from './use-auth-form.ts';

/** The e-mail of a form. */
export function EmailEntry({ form }: { form: AuthForm<Entries & { email: string }> }) {
  return (
    <Field label={t('auth.email')} error={form.complaints.email}>
      <TextField
        size="large"
        type="email"
        name="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={form.entries.email}
        onValueChange={(value) => form.set('email', value)}
      />
    </Field>
  );
}

/** The name of a form. */
export function NameEntry({ form }: { form: AuthForm<Entries & { name: string }> }) {
  return (
    <Field label={t('auth.name')} error={form.complaints.name}>
      <TextField
        size="large"
        name="name"
        autoComplete="name"
        value={form.entries.name}
        onValueChange={(value) => form.set('name', value)}
      />
    </Field>
  );
}

/** Props of PasswordEntry. */
export interface PasswordEntryProps<E extends Entries> {
  form: AuthForm<E>;
  label: string;
  autoComplete: 'current-password' | 'new-password';
}

/** The password of a form; a new one says what is asked of it. */
export function PasswordEntry<E extends Entries>({ form, label, autoComplete }: PasswordEntryProps<E>) {
  const hint = autoComplete === 'new-password' ? t('auth.passwordHint', { n: passwordMin }) : undefined;
  return (
    <Field label={label} error={form.complaints.password} hint={hint}>
      <PasswordField
        size="large"
        name="password"
        autoComplete={autoComplete}
        value={form.entries.password}
        onValueChange={(value) => form.set('password', value)}
      />
    </Field>
  );
}

import { t } from '@/lib/i18n.ts';

/** The fewest characters of a password; the server holds to the same. */
export const passwordMin = 10;

/** What a form asks for. */
export interface Entries {
  name?: string;
  email?: string;
  password: string;
}

/** What is wrong with each entry; nothing for those that are fine. */
export type Complaints = Partial<Record<keyof Entries, string>>;

/** Checks the entries of a form that makes an account. */
export function checkNewAccount(entries: Entries): Complaints {
  const complaints: Complaints = {};
  if (entries.name?.trim() === '') complaints.name = t('auth.nameMissing');
  const email = entries.email === undefined ? undefined : checkEmail(entries.email);
  if (email) complaints.email = email;
  const have = [...entries.password].length;
  if (have < passwordMin) complaints.password = t('auth.passwordShort', { have, n: passwordMin });
  return complaints;
}

/** Checks the entries of the sign-in form. */
export function checkSignIn(entries: Entries): Complaints {
  const complaints: Complaints = {};
  const email = checkEmail(entries.email ?? '');
  if (email) complaints.email = email;
  if (entries.password === '') complaints.password = t('auth.passwordMissing');
  return complaints;
}

function checkEmail(email: string): string | undefined {
  if (email.trim() === '') return t('auth.emailMissing');
  return /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? undefined : t('auth.emailWrong');
}

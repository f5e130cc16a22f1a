import { type I18n, type Messages, setupI18n } from '@lingui/core';
import { useSyncExternalStore } from 'react';
import { en, type MessageId } from './messages/en/index.ts';

export type { MessageId };

/** Values that a message may name. */
export type MessageValues = Record<string, string | number | Date>;

/**
 * The catalogues, one loader per language; English is in the first load. To add a language, translate the files of
 * messages/en into a folder beside it and add its line here.
 */
const catalogues: Record<string, () => Promise<Messages>> = {
  en: async () => en,
};

const i18n: I18n = setupI18n({ locale: 'en', messages: { en } });

/** Adds the English messages of an area that is not in the first load. */
export function addMessages(messages: Messages): void {
  i18n.load('en', messages);
}

/**
 * Returns the message with that id in the language in use, with its values filled in.
 * Values named in ICU syntax: `{name}`, `{n, plural, one {# idea} other {# ideas}}`.
 */
export function t(id: MessageId, values?: MessageValues): string {
  return i18n._(id, values);
}

/** Picks the first language of the list that has a catalogue, else English. */
export function matchLocale(
  wanted: readonly string[],
  available: readonly string[] = Object.keys(catalogues),
): string {
  for (const tag of wanted) {
    const found = available.find((a) => a === tag) ?? available.find((a) => a === tag.split('-')[0]);
    if (found) return found;
  }
  return 'en';
}

/** Loads a language's catalogue and switches every text to it. Unknown languages fall back to English. */
export async function setMessageLocale(wanted: readonly string[]): Promise<void> {
  const locale = matchLocale(wanted);
  const load = catalogues[locale];
  if (load) i18n.loadAndActivate({ locale, messages: await load() });
  document.documentElement.lang = locale;
}

/** Re-renders the caller when the language changes; returns it. */
export function useMessageLocale(): string {
  return useSyncExternalStore(
    (changed) => i18n.on('change', changed),
    () => i18n.locale,
  );
}

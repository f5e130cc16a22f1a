import { fileLink } from '@/views/shared/markdown/mention-text.ts';
import type { Attached } from './talk-calls.ts';

/** The text of a field with an attached file in a line of its own where the caret is. */
export function withFile(area: HTMLTextAreaElement | null, file: Attached): string {
  const now = area?.value ?? '';
  const caret = area?.selectionEnd ?? now.length;
  return `${now.slice(0, caret)}${caret > 0 ? '\n' : ''}${fileLink(file)}\n${now.slice(caret)}`;
}

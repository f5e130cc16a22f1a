import { parseNumber } from '@/fields/text.ts';

/** A text as a plain number, which is all that a customer has; undefined when it is none. */
export function plainNumber(text: string): number | null | undefined {
  return text.trim() === '' ? null : parseNumber(text);
}

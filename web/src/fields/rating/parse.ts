import { numberFromText } from '../range-text.ts';

/** How many stars there are. */
export const most = 5;

/** A text as stars. */
export function parseRating(text: string) {
  if (/^★+☆*$/u.test(text.trim())) {
    const stars = [...text].filter((sign) => sign === '★').length;
    if (stars <= most) return { value: stars };
  }
  return numberFromText(text, { kind: 'rating', min: 1, max: most, whole: true });
}

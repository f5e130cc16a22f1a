import type { FieldInfo } from '@/sync/types.ts';
import { numberFromText } from '../range-text.ts';

/** The ends of a slider's range. */
export function rangeOf(field: FieldInfo): { min: number; max: number; step: number } {
  const { min = 0, max = 100, step = 1 } = field.number ?? {};
  return { min, max, step };
}

/** A text as a value of the slider. */
export function parseSlider(text: string, field: FieldInfo) {
  const { min, max } = rangeOf(field);
  return numberFromText(text, {
    kind: 'number',
    min,
    max,
    ...(field.number?.style === 'percent' ? { percent: true } : {}),
  });
}

import type { ReactNode } from 'react';
import type { OptionColor } from '@/lib/colors.ts';
import type { LucideIcon } from './Icon.tsx';

/** One choice of a combobox or picker. */
export interface ComboOption {
  /** Unique among the options. */
  value: string;
  label: string;
  /** Shows it as a coloured chip. */
  color?: OptionColor;
  icon?: LucideIcon;
  /** Something else before the label: an avatar, an emoji. */
  leading?: ReactNode;
  /** A quiet word behind the label. */
  hint?: string;
  /** Further words it is found by. */
  keywords?: string;
  disabled?: boolean;
}

/** The value that stands for "make a new one"; no option may have it. */
export const createValue = '\u0000create';

/**
 * The options to offer for what is typed: all of them, and last "create" when the text is not yet the name of one.
 * Matching of the rest is left to the list.
 */
export function withCreate(
  options: readonly ComboOption[],
  typed: string,
  canCreate: boolean,
): ComboOption[] {
  const name = typed.trim().replace(/\s+/g, ' ');
  const same = (option: ComboOption) =>
    option.label.localeCompare(name, undefined, { sensitivity: 'accent' }) === 0;
  if (!canCreate || name === '' || options.some(same)) return [...options];
  return [...options, { value: createValue, label: name }];
}

/** The text an option is searched by. */
export function searchText(option: ComboOption): string {
  return option.keywords ? `${option.label} ${option.keywords}` : option.label;
}

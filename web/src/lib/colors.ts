/** The twelve option colours, as the server names them. */
export const optionColors = [
  'gray',
  'red',
  'orange',
  'amber',
  'yellow',
  'lime',
  'green',
  'teal',
  'cyan',
  'blue',
  'purple',
  'pink',
] as const;

/** The name of an option colour. */
export type OptionColor = (typeof optionColors)[number];

/** Reads a colour name; anything unknown or empty is gray. */
export function optionColor(name: string | undefined): OptionColor {
  return optionColors.find((color) => color === name) ?? 'gray';
}

/** A colour for something that has none of its own (a person, a label): always the same for the same text. */
export function colorOf(text: string): OptionColor {
  let hash = 7;
  for (const sign of text) hash = (hash * 31 + (sign.codePointAt(0) ?? 0)) >>> 0;
  // Gray stays for what is neutral on purpose.
  return optionColors[1 + (hash % (optionColors.length - 1))] ?? 'gray';
}

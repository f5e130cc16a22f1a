/** How pasted text is cut into insights. */
export type Split = 'lines' | 'blocks';

/** Whether a text looks like blocks: paragraphs with blank lines between them, some of several lines. */
export function guessSplit(text: string): Split {
  const blocks = cut(text, 'blocks');
  return blocks.length > 1 && blocks.some((block) => block.includes('\n')) ? 'blocks' : 'lines';
}

/** Cuts a text into insights. Marks of lists at the start of a line are left out. */
export function cut(text: string, by: Split): string[] {
  const clean = text.replaceAll(/\r\n?/g, '\n');
  const parts = by === 'lines' ? clean.split('\n') : clean.split(/\n[ \t]*\n+/);
  return parts.map((part) => part.trim().replace(/^(?:[-*•]|\d+[.)])\s+/, '')).filter((part) => part !== '');
}

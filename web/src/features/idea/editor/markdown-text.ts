import { lexer, walkTokens } from 'marked';

/** Whether a text holds something that the rich editor would lose, such as HTML: then its source is edited. */
export function needsSource(markdown: string): boolean {
  let found = false;
  walkTokens(lexer(markdown, { gfm: true }), (token) => {
    if (token.type === 'html' || token.type === 'def') found = true;
  });
  return found;
}

const signs: readonly RegExp[] = [
  /^#{1,6} \S/m,
  /^(?:[-*+]|\d{1,9}[.)]) \S/m,
  /^> \S/m,
  /^(?:```|~~~)/m,
  /\*\*\S[^*\n]*\*\*/,
  /\[[^\]\n]+\]\(\S+\)/,
  /^\|.+\|\s*\n\|[\s:|-]+\|/m,
];

/** Whether pasted text is most likely Markdown. */
export function looksLikeMarkdown(text: string): boolean {
  return signs.some((sign) => sign.test(text));
}

/** A text without differences that say nothing: line ends, spaces at their ends, empty lines around it. */
export function sameMarkdown(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  return plain(a) === plain(b);
}

/** Markdown with one empty line at most between its parts, code blocks aside; the editor leaves two around tables. */
export function tidyMarkdown(markdown: string): string {
  return markdown
    .split(/(^(?:```|~~~)[\s\S]*?^(?:```|~~~)[ \t]*$)/m)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/\n{3,}/g, '\n\n')))
    .join('')
    .trim();
}

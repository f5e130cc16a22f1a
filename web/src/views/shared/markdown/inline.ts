/** The addresses that a link may lead to; anything else (javascript:, data: …) is shown as text. */
export function safeHref(href: string): string | undefined {
  const text = href.trim();
  if (/^(https?:\/\/|mailto:)/i.test(text)) return text;
  // An address on this site.
  return /^\/(?![/\\])/.test(text) ? text : undefined;
}

const entity = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});/g;

/** Text with its character references (&amp;amp; and the like) as the characters they stand for. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (reference) => {
    const page = new DOMParser().parseFromString(reference, 'text/html');
    return page.documentElement.textContent ?? reference;
  });
}

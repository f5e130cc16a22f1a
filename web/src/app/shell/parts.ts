import { keepsKeys } from '@/lib/keys.ts';

// The parts of a page between which F6 goes are marked data-part, in the order in which they stand: the sidebar, the
// header line, the content, the panel.

const reachable = 'a[href], button, input, select, textarea, [contenteditable="true"], [tabindex="0"]';
/** What a person wants of a part, the most wanted first. */
const wanted = [
  '[aria-current="page"]',
  '[role="grid"][tabindex="0"], [role="listbox"][tabindex="0"], [role="tree"][tabindex="0"]',
  '[role="region"][tabindex="0"]',
  ':not([role="separator"])',
];

function isReachable(element: HTMLElement): boolean {
  return (
    !element.matches(':disabled, [tabindex="-1"]') && !element.closest('[inert]') && element.checkVisibility()
  );
}

/** Where the focus goes in a part; undefined where nothing takes it. */
export function entryOf(part: Element): HTMLElement | undefined {
  const all = [...part.querySelectorAll<HTMLElement>(reachable)].filter(isReachable);
  for (const which of wanted) {
    const found = all.find((element) => element.matches(which));
    if (found) return found;
  }
  return undefined;
}

/** Moves the focus to the next or previous part of the page; from elsewhere, and for 0, to its content. */
export function goToPart(by: 1 | -1 | 0): void {
  const from = document.activeElement;
  // What lies over the page keeps the focus.
  if (keepsKeys(from)) return;
  const parts = [...document.querySelectorAll('[data-part]')].flatMap((part) => {
    const entry = entryOf(part);
    return entry ? [{ part, entry }] : [];
  });
  const at = by === 0 ? -1 : parts.findIndex(({ part }) => part.contains(from));
  const content = parts.find(({ part }) => part.matches('[data-part="content"]'));
  const next = at < 0 ? content : parts[(at + by + parts.length) % parts.length];
  next?.entry.focus();
}

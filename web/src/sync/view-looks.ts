/** How a view looks to one person before they save it, by the part of the definition; it lies in the browser's session. */
export type StoredLooks = Record<string, unknown>;

function storageKey(view: number): string {
  return `cairn.view.${view}`;
}

/** What this person changed in the looks of a view and did not save. */
export function readLooks(view: number): StoredLooks {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(storageKey(view)) ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Keeps it; nothing left forgets it. */
export function writeLooks(view: number, looks: StoredLooks): void {
  try {
    if (Object.keys(looks).length === 0) sessionStorage.removeItem(storageKey(view));
    else sessionStorage.setItem(storageKey(view), JSON.stringify(looks));
  } catch {
    // Without storage the changes last until the page is left.
  }
}

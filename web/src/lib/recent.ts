import { readStored, writeStored } from './storage.ts';

/** An idea that was open in this browser. */
export interface RecentIdea {
  key: string;
  title: string;
}

const stored = 'cairn.recentIdeas';
const most = 8;

function isRecent(value: unknown): value is RecentIdea {
  return (
    typeof value === 'object' &&
    value !== null &&
    'key' in value &&
    'title' in value &&
    typeof value.key === 'string' &&
    typeof value.title === 'string'
  );
}

/** The ideas that were open last, the newest first. */
export function recentIdeas(): RecentIdea[] {
  try {
    const list: unknown = JSON.parse(readStored(stored) ?? '[]');
    return Array.isArray(list) ? list.filter(isRecent) : [];
  } catch {
    return [];
  }
}

/** Remembers that an idea was open. */
export function noteRecentIdea({ key, title }: RecentIdea): void {
  const others = recentIdeas().filter((known) => known.key !== key);
  writeStored(stored, JSON.stringify([{ key, title: title.slice(0, 200) }, ...others].slice(0, most)));
}

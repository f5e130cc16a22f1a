import { useEffect } from 'react';

/** Names the page in the browser's tab while the caller is mounted, the most particular part first. */
export function useTitle(...parts: string[]): void {
  const title = [...parts.filter(Boolean), 'Cairn'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

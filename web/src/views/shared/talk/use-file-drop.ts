import { type DragEvent, useState } from 'react';

/** What an element needs to take files that are dropped on it; none where nothing may be attached. */
export interface FileDrop {
  'data-drop'?: boolean;
  onDragOver?: (event: DragEvent) => void;
  onDragLeave?: (event: DragEvent) => void;
  onDrop?: (event: DragEvent) => void;
}

/** Takes files that are dropped on an element, but for those that something inside it takes for itself. */
export function useFileDrop(take: ((files: readonly File[]) => void) | undefined): FileDrop {
  const [over, setOver] = useState(false);
  if (!take) return {};
  return {
    'data-drop': over,
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event) => {
      setOver(false);
      const files = [...event.dataTransfer.files];
      if (event.defaultPrevented || files.length === 0) return;
      event.preventDefault();
      take(files);
    },
  };
}

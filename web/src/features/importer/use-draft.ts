import { useState } from 'react';
import { readStored, writeStored } from '@/lib/storage.ts';
import type { MappedColumn, RunDetail } from './calls.ts';
import { columnsOf, type Draft, draftOf } from './mapping.ts';

function isMapped(value: unknown): value is MappedColumn {
  return typeof value === 'object' && value !== null && 'column' in value && 'target' in value;
}

function read(key: string): Draft | undefined {
  try {
    const stored: unknown = JSON.parse(readStored(key) ?? 'null');
    if (Array.isArray(stored) && stored.every(isMapped)) return draftOf({ columns: stored });
  } catch {
    // Unreadable: the server's mapping is shown.
  }
  return undefined;
}

/** Where the columns of an import go, as it is being edited. */
export interface Editing {
  draft: Draft;
  /** Whether it says something the server does not know yet. */
  changed: boolean;
  change: (next: Draft) => void;
  /** Goes back to what the server knows, after it has been told. */
  settle: () => void;
}

/** Edits a mapping; what is not sent yet outlives a reload of the page. */
export function useDraft(run: RunDetail): Editing {
  const key = `cairn.import.${run.id}`;
  const [edited, setEdited] = useState(() => read(key));
  return {
    draft: { ...draftOf(run.mapping), ...edited },
    changed: edited !== undefined,
    change: (next) => {
      setEdited(next);
      writeStored(key, JSON.stringify(columnsOf(next, run.survey.columns ?? [])));
    },
    settle: () => {
      setEdited(undefined);
      writeStored(key, null);
    },
  };
}

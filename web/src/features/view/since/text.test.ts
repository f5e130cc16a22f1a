import { expect, test } from 'vitest';
import '@/lib/messages/later/since.ts';
import type { Changes } from '@/sync/since.ts';
import type { FieldInfo } from '@/sync/types.ts';
import { textOfChanges } from './text.ts';

const fields: Record<string, FieldInfo> = {
  f1: { ref: 'f1', name: 'RICE', type: 'formula', options: [], position: 0 },
  f2: { ref: 'f2', name: 'Effort', type: 'number', options: [], position: 1, number: { unit: 'days' } },
} as unknown as Record<string, FieldInfo>;

test('what changed as text: values as they are shown, reasons with names, and how many are left out', () => {
  const changes = {
    changed: 9,
    total: 9,
    ideas: [
      {
        id: 1,
        key: 'INS-1',
        title: 'Kiosk',
        marks: ['scored'],
        fields: [
          { field: 'f1', was: 17.371428571428, is: { value: 14.114285714285 }, mark: 'scored' },
          { field: 'f2', was: null, is: 14, mark: 'changed' },
          { field: 'gone', was: 1, is: 2, mark: 'changed' },
        ],
        why: [{ seq: 1, at: '2026-11-20T00:00:00Z', actor: 7, reason: 'Most go to the desk' }],
      },
    ],
  } as unknown as Changes;
  const text = textOfChanges(changes, {
    view: 'Plan',
    count: '9 ideas changed',
    field: (ref) => fields[ref],
    person: (id) => (id === 7 ? ({ id, name: 'Priya' } as never) : undefined),
    codec: { people: [], me: {} as never },
  });
  expect(text).toBe(
    '**Plan**: 9 ideas changed\n\n' +
      '- **INS-1 Kiosk** (Score): RICE 17.37 → 14.11; Effort empty → 14\u00a0days; “Most go to the desk” (Priya)\n' +
      '- and 8 more ideas\n',
  );
});

import { describe, expect, it } from 'vitest';
import type { FieldInfo, View } from '@/sync/types.ts';
import { readLooks } from '@/sync/view-looks.ts';
import type { Column, Run, RunDetail } from './calls.ts';
import {
  applySaved,
  changesShape,
  choiceOf,
  columnsOf,
  draftOf,
  knownColumns,
  optionName,
  withChoice,
  withOption,
} from './mapping.ts';
import { columnsWith, filledFields, showFilled } from './show-fields.ts';
import { canResume, canUndo, stateOf, stepOf } from './stage.ts';

const effort: FieldInfo = { ref: 'f7', id: 7, name: 'Effort', type: 'number', options: [], position: 1 };

function column(key: string, more: Partial<Column> = {}): Column {
  const empty = { filled: 0, distinct: 0, capped: false, repeated: 1, samples: [], values: [], sure: 0 };
  return { ...empty, key, name: key, label: key, target: 'ignore', why: '', ...more };
}

function run(state: Run['state'], interrupted: boolean): Run {
  const zero = { rows: 0, created: 0, updated: 0, unchanged: 0, refused: 0, refusedRows: 0, comments: 0 };
  const counts = { ...zero, kept: 0, warnings: 0, fields: 0, options: 0, people: 0 };
  const file = { fileName: 'a.csv', size: 1, format: 'table', title: 'Table', rows: 3, done: 0 };
  const at = { createdAt: '2026-01-01T00:00:00Z', version: 1, project: 'INS', group: 'import:1' };
  return { id: 1, subject: 'ideas', ...file, ...at, counts, reverted: 0, kept: 0, state, interrupted };
}

describe('the choice of a column', () => {
  it.each([
    [{ column: 'a', target: 'title' }, 'title'],
    [{ column: 'a', target: 'new', name: 'A' }, 'new'],
    [{ column: 'a', target: 'field', field: 7 }, 'field:7'],
    [{ column: 'a', target: 'field', name: 'effort' }, 'field:7'],
    [{ column: 'a', target: 'field', field: 8 }, null],
  ])('%o is %s', (mapped, choice) => {
    expect(choiceOf(mapped, [effort])).toBe(choice);
  });

  it('gives a new field the name and type that the file suggests', () => {
    const mapped = withChoice(column('a', { name: 'Due (raw)', label: 'Due', type: 'date' }), 'new');
    expect(mapped).toEqual({ column: 'a', target: 'new', name: 'Due', type: 'date' });
  });

  it('never makes a new field of a type that is computed', () => {
    expect(withChoice(column('a', { type: 'formula' }), 'new').type).toBe('short_text');
  });

  it('names an existing field by its id', () => {
    expect(withChoice(column('a'), 'field:7')).toEqual({ column: 'a', target: 'field', field: 7 });
  });
});

describe('a draft', () => {
  const columns = [column('a'), column('b'), column('c')];
  const saved = {
    id: 1,
    version: 1,
    name: 'Saved',
    columns: [
      { column: 'b', target: 'title' },
      { column: 'gone', target: 'description' },
    ],
  };

  it('takes from a saved mapping only what the file has, and keeps the rest', () => {
    const draft = draftOf({ columns: [{ column: 'a', target: 'rank' }] });
    expect(columnsOf(applySaved(draft, saved, columns), columns)).toEqual([
      { column: 'a', target: 'rank' },
      { column: 'b', target: 'title' },
      { column: 'c', target: 'ignore' },
    ]);
    expect(knownColumns(saved, columns)).toBe(1);
  });
});

describe('options', () => {
  it('writes the row of the header as a number and keeps the others', () => {
    expect(withOption({ delimiter: ';' }, 'headerRow', '-1')).toEqual({ delimiter: ';', headerRow: -1 });
  });

  it('knows its own names only', () => {
    expect(optionName('dateOrder')).toBe('dateOrder');
    expect(optionName('constructor')).toBeUndefined();
  });

  it('keeps the mapping when values are read differently, not when there are other columns', () => {
    expect(changesShape('dateOrder')).toBe(false);
    expect(changesShape('delimiter')).toBe(true);
  });
});

describe('the step of an import', () => {
  it.each([
    ['staged', false, undefined, 'map'],
    ['mapped', false, 'check', 'check'],
    ['mapped', false, 'done', 'map'],
    ['committing', false, 'map', 'work'],
    ['committing', true, 'work', 'done'],
    ['undoing', false, undefined, 'work'],
    ['committed', false, 'map', 'done'],
    ['failed', false, 'check', 'done'],
    ['undone', false, undefined, 'done'],
    ['undone', false, 'map', 'map'],
  ] as const)('%s (interrupted: %s), asked for %s: %s', (state, interrupted, wanted, step) => {
    expect(stepOf(run(state, interrupted), wanted)).toBe(step);
  });

  it.each([
    ['committing', true, [true, true, 'interrupted']],
    ['committing', false, [false, false, 'committing']],
    ['undoing', true, [false, true, 'undoInterrupted']],
    ['failed', false, [true, true, 'failed']],
    ['committed', false, [false, true, 'committed']],
    ['undone', false, [false, false, 'undone']],
  ] as const)(
    '%s (interrupted: %s) can be resumed, can be undone, is called: %o',
    (state, interrupted, all) => {
      const one = run(state, interrupted);
      expect([canResume(one), canUndo(one), stateOf(one)]).toEqual(all);
    },
  );
});

describe('after an import', () => {
  const field = (id: number, name: string) =>
    ({ id, ref: `f${id}`, name, type: 'select', options: [], position: id }) as FieldInfo;
  const fields = [field(4, 'Status'), field(5, 'Sprint'), field(6, 'Roadmap')];
  const columns = [
    { column: 'Summary', target: 'title' },
    { column: 'Sprint', target: 'new', name: 'Sprint', type: 'select' },
    { column: 'Status', target: 'field', field: 4 },
    { column: 'Status again', target: 'field', field: 4 },
    { column: 'Rank', target: 'ignore' },
  ];

  it('the fields that were filled come first in the list', () => {
    expect(filledFields({ columns }, fields)).toEqual(['f5', 'f4']);
    expect(columnsWith([{ field: 'f6', width: 90 }, { field: 'f4' }], ['f5', 'f4'])).toEqual([
      { field: 'f5' },
      { field: 'f6', width: 90 },
      { field: 'f4' },
    ]);
  });

  it('a view stays as it is when the import made no fields', () => {
    const view = { id: 7, columns: [{ field: 'f6' }] } as View;
    const ended = (made: number) =>
      ({ counts: { fields: made }, mapping: { columns } }) as unknown as RunDetail;
    showFilled(ended(0), view, fields);
    expect(sessionStorage.length).toBe(0);
    showFilled(ended(1), view, fields);
    expect(readLooks(7)).toEqual({ columns: [{ field: 'f5' }, { field: 'f4' }, { field: 'f6' }] });
    sessionStorage.clear();
  });
});

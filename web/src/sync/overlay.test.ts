import { describe, expect, it } from 'vitest';
import { createOverlay } from './overlay.ts';
import { planEdits } from './project-session.ts';
import { changeRow, mergeRow, rowOf } from './rows.ts';

describe('overlay of local edits', () => {
  it('shows the later edit of a value, whichever is confirmed first', () => {
    const overlay = createOverlay();
    overlay.put('a', [{ id: 1, ref: 'f1', value: 1 }]);
    overlay.put('b', [{ id: 1, ref: 'f1', value: 2 }]);
    expect(overlay.of(1)).toEqual({ f1: 2 });
    overlay.drop('a');
    expect(overlay.of(1)).toEqual({ f1: 2 });
    overlay.drop('b');
    expect(overlay.of(1)).toBeUndefined();
  });

  it('falls back to the earlier edit when the later one was refused', () => {
    const overlay = createOverlay();
    overlay.put('a', [{ id: 1, ref: 'f1', value: 1 }]);
    overlay.put('b', [
      { id: 1, ref: 'f1', value: 2 },
      { id: 2, ref: 'f1', value: 2 },
    ]);
    expect(overlay.drop('b')).toEqual([1, 2]);
    expect(overlay.of(1)).toEqual({ f1: 1 });
    expect(overlay.of(2)).toBeUndefined();
    expect(overlay.drop('b')).toEqual([]);
  });

  it('keeps an idea’s object the same until it changes, and tells its watchers', () => {
    const overlay = createOverlay();
    let told = 0;
    const stop = overlay.subscribe(() => {
      told += 1;
    });
    overlay.put('a', [{ id: 1, ref: 'f1', value: 1 }]);
    const first = overlay.of(1);
    overlay.put('b', [{ id: 2, ref: 'f1', value: 1 }]);
    expect(overlay.of(1)).toBe(first);
    expect(told).toBe(2);
    stop();
    overlay.drop('a');
    expect(told).toBe(2);
  });
});

describe('edits as calls', () => {
  it('brings ideas with equal patches together', () => {
    const calls = planEdits([
      { id: 1, ref: 'f1', value: 3 },
      { id: 2, ref: 'f1', value: 3 },
      { id: 3, ref: 'f1', value: 4 },
      { id: 3, ref: 'title', value: 'New' },
    ]);
    expect(calls).toEqual([
      { ids: [1, 2], patch: { values: { f1: 3 } } },
      { ids: [3], patch: { values: { f1: 4 }, title: 'New' } },
    ]);
  });
});

describe('rows', () => {
  const columns = ['title', 'f1'];
  const row = rowOf([7, 3, 10, null, 0, 'Title', 5], columns);

  it('are read from the wire, colours included', () => {
    expect(row).toEqual({
      id: 7,
      number: 3,
      version: 10,
      archived: false,
      values: { title: 'Title', f1: 5 },
    });
    expect(rowOf([7, 3, 10, 'red', 1, 'T', null], columns)).toMatchObject({ color: 'red', archived: true });
    expect(rowOf([7, 3, 10, { row: 'red', cells: { f1: 'blue' } }, 0, 'T', null], columns)).toMatchObject({
      color: 'red',
      cellColors: { f1: 'blue' },
    });
  });

  it('stay the same object when an answer brings nothing new', () => {
    expect(mergeRow(row, rowOf([7, 3, 10, null, 0, 'Title', 5], columns))).toBe(row);
    const next = rowOf([7, 3, 10, null, 0, 'Title', { value: 5, missing: ['f2'] }], columns);
    expect(mergeRow(row, next)).toBe(next);
  });

  it('keep what the stream told when an older answer arrives after it', () => {
    const changed = changeRow(row, [{ kind: 'idea', id: 7, attr: 'f1', new: 6 }], 12);
    expect(changed.values.f1).toBe(6);
    expect(mergeRow(changed, rowOf([7, 3, 10, null, 0, 'Title', 5], columns))).toBe(changed);
    expect(changeRow(changed, [{ kind: 'idea', id: 7, attr: 'f1', new: 1 }], 11)).toBe(changed);
  });
});

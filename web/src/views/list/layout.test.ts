import { describe, expect, it } from 'vitest';
import type { ViewGroup } from '@/sync/types.ts';
import { keysOf, pathOf } from '../shared/groups.ts';
import { type Item, type Layout, layoutOf } from './layout.ts';

function group(key: number | null, offset: number, length: number, groups?: ViewGroup[]): ViewGroup {
  return { key, label: String(key), offset, length, count: length, ...(groups ? { groups } : {}) };
}

function lines(layout: Layout): string[] {
  return Array.from({ length: layout.count }, (_, index) => short(layout.at(index)));
}

function short(item: Item | undefined): string {
  if (!item) return '-';
  if (item.kind === 'row') return `row ${item.position}`;
  return item.kind === 'group' ? `${'#'.repeat(item.level + 1)} ${item.group.label}` : `+ ${item.path}`;
}

const none = new Set<string>();

describe('layout of a list', () => {
  it('is the rows and a line to add when there are no groups', () => {
    expect(lines(layoutOf({ length: 2, groups: [], collapsed: none, adding: true }))).toEqual([
      'row 0',
      'row 1',
      '+ ',
    ]);
    expect(layoutOf({ length: 0, groups: [], collapsed: none, adding: false }).count).toBe(0);
  });

  it('gives each group its heading, rows and line to add', () => {
    const groups = [group(1, 0, 2), group(null, 2, 1)];
    expect(lines(layoutOf({ length: 3, groups, collapsed: none, adding: true }))).toEqual([
      '# 1',
      'row 0',
      'row 1',
      '+ 1',
      '# null',
      'row 2',
      '+ null',
    ]);
  });

  it('hides what a collapsed group holds, and finds rows no more', () => {
    const groups = [group(1, 0, 2), group(2, 2, 1)];
    const layout = layoutOf({ length: 3, groups, collapsed: new Set([pathOf([1])]), adding: false });
    expect(lines(layout)).toEqual(['# 1', '# 2', 'row 2']);
    expect(layout.indexOf(0)).toBeUndefined();
    expect(layout.indexOf(2)).toBe(2);
  });

  it('nests two levels and says which headings stand above a line', () => {
    const groups = [group(1, 0, 3, [group(7, 0, 1), group(8, 1, 2)]), group(2, 3, 1, [group(7, 3, 1)])];
    const layout = layoutOf({ length: 4, groups, collapsed: none, adding: false });
    expect(lines(layout)).toEqual(['# 1', '## 7', 'row 0', '## 8', 'row 1', 'row 2', '# 2', '## 7', 'row 3']);
    const above = (index: number) => layout.above(index).map(({ item }) => item.group.label);
    expect(above(5)).toEqual(['1', '8']);
    expect(above(3)).toEqual(['1', '8']);
    expect(above(8)).toEqual(['2', '7']);
    expect(above(6)).toEqual(['2']);
  });

  it('finds the line of each position and back, however large', () => {
    const groups = [group(1, 0, 50_000), group(2, 50_000, 0), group(3, 50_000, 50_000)];
    const layout = layoutOf({ length: 100_000, groups, collapsed: none, adding: true });
    for (const position of [0, 1, 49_999, 50_000, 99_999]) {
      const index = layout.indexOf(position) ?? -1;
      expect(layout.at(index)).toMatchObject({ kind: 'row', position });
    }
    expect(layout.indexOf(100_000)).toBeUndefined();
    expect(layout.at(layout.count)).toBeUndefined();
    expect(layout.at(-1)).toBeUndefined();
  });

  it('reads the keys of a path back, slashes and quotes in texts included', () => {
    for (const keys of [[], [1], [null, 7], ['a/b', '"x"/1'], ['/', true], ['2027-01-01', 'q']])
      expect(keysOf(pathOf(keys))).toEqual(keys);
  });
});

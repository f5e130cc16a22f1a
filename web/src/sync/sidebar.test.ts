import { describe, expect, it } from 'vitest';
import type { ProjectPage } from './calls.ts';
import { holdersOf, inSidebar, sectionStepOf, stepOf, treeOf } from './sidebar.ts';

const view = (id: number, position: number, section?: number) => ({
  id,
  position,
  section,
  name: `V${id}`,
  kind: 'list',
  query: {},
  version: 1,
});
const section = (id: number, position: number, parent?: number) => ({
  id,
  position,
  parent,
  name: `S${id}`,
  version: 1,
});
const page: Pick<ProjectPage, 'views' | 'sections'> = {
  views: [view(1, 2), view(2, 1), view(3, 1, 10), view(4, 1, 12), view(5, 9, 99)],
  sections: [section(11, 2), section(10, 1), section(12, 1, 10)],
};

describe('the sidebar', () => {
  const tree = treeOf(page);
  it('has views in their order, sections behind them, and nothing is lost with a section that is gone', () => {
    expect(holdersOf(tree).map(({ id, views }) => [id, ...views.map((each) => each.id)])).toEqual([
      [0, 2, 1, 5],
      [10, 3],
      [12, 4],
      [11],
    ]);
  });

  it('SB-11: has one order of all views', () => {
    expect(inSidebar(page).map((each) => each.id)).toEqual([2, 1, 5, 3, 4]);
    expect(inSidebar({ ...page, views: [view(1, 1, 11), view(2, 5, 10)] }).map((each) => each.id)).toEqual([
      2, 1,
    ]);
  });

  it('moves a view by one line, into the next section at the end of one', () => {
    expect(stepOf(tree, 1, -1)).toEqual({ before: 2 });
    expect(stepOf(tree, 1, 1)).toEqual({ after: 5 });
    expect(stepOf(tree, 5, 1)).toEqual({ before: 3 });
    expect(stepOf(tree, 3, -1)).toEqual({ section: 0 });
    expect(stepOf(tree, 4, 1)).toEqual({ section: 11 });
    expect(stepOf(tree, 2, -1)).toBeUndefined();
  });

  it('moves a section among those beside it', () => {
    expect(sectionStepOf(tree, 10, 1)).toEqual({ after: 11 });
    expect(sectionStepOf(tree, 11, -1)).toEqual({ before: 10 });
    expect(sectionStepOf(tree, 12, 1)).toBeUndefined();
    expect(sectionStepOf(tree, 10, -1)).toBeUndefined();
  });
});

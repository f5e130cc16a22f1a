import type { ProjectPage, Section } from './calls.ts';
import type { View } from './types.ts';

/** Views in the order in which they stand, and the sections below them. */
export interface Tree {
  views: View[];
  sections: TreeSection[];
}

/** A section with what it holds. */
export interface TreeSection extends Tree {
  section: Section;
}

type Parts = Pick<ProjectPage, 'views' | 'sections'>;

const inOrder = (a: { position: number; id: number }, b: { position: number; id: number }) =>
  a.position - b.position || a.id - b.id;

/** The sidebar of a project. What lies in a section that is not there stands outside of all. */
export function treeOf({ views, sections }: Parts): Tree {
  const known = new Set((sections ?? []).map((section) => section.id));
  const viewsIn = (id: number) =>
    (views ?? []).filter((view) => (known.has(view.section ?? 0) ? view.section : 0) === id).sort(inOrder);
  const sectionsIn = (parent: number): TreeSection[] =>
    (sections ?? [])
      .filter((section) => (known.has(section.parent ?? 0) ? section.parent : 0) === parent)
      .sort(inOrder)
      .map((section) => ({ section, views: viewsIn(section.id), sections: sectionsIn(section.id) }));
  return { views: viewsIn(0), sections: sectionsIn(0) };
}

/** Every place that holds views, from top to bottom: outside of sections, then each section. */
export function holdersOf(tree: Tree): { id: number; name?: string; views: View[] }[] {
  const inside = (list: TreeSection[]): { id: number; name?: string; views: View[] }[] =>
    list.flatMap(({ section, views, sections }) => [
      { id: section.id, name: section.name, views },
      ...inside(sections),
    ]);
  return [{ id: 0, views: tree.views }, ...inside(tree.sections)];
}

/** All views in the order in which the sidebar shows them; the first one opens where a project names none. */
export function inSidebar(page: Parts): View[] {
  return holdersOf(treeOf(page)).flatMap(({ views }) => views);
}

/** Where a view goes: beside another one, or to the end of a section (0: outside of all). */
export type Place = { after: number } | { before: number } | { section: number };

/** The place one line up (-1) or down: past the end of a section lies the next one. Undefined where there is none. */
export function stepOf(tree: Tree, view: number, by: 1 | -1): Place | undefined {
  const holders = holdersOf(tree);
  const at = holders.findIndex((holder) => holder.views.some((each) => each.id === view));
  const views = holders[at]?.views ?? [];
  const beside = views[views.findIndex((each) => each.id === view) + by];
  if (beside) return by < 0 ? { before: beside.id } : { after: beside.id };
  const next = holders[at + by];
  if (!next) return undefined;
  const [first] = next.views;
  return by > 0 && first ? { before: first.id } : { section: next.id };
}

/** The place of a section one step up or down among those beside it. */
export function sectionStepOf(tree: Tree, section: number, by: 1 | -1): Place | undefined {
  const search = (list: TreeSection[]): Place | undefined => {
    const at = list.findIndex((each) => each.section.id === section);
    const beside = at < 0 ? undefined : list[at + by];
    if (beside) return by < 0 ? { before: beside.section.id } : { after: beside.section.id };
    if (at >= 0) return undefined;
    for (const each of list) {
      const found = search(each.sections);
      if (found) return found;
    }
    return undefined;
  };
  return search(tree.sections);
}

import { lazy } from 'react';
import { kindIcons } from '../kind-icons.ts';
import type { ViewKind } from '../types.ts';
import { datesOf, layoutOf } from './layout.ts';

const Timeline = lazy(() => import('./Timeline.tsx').then((module) => ({ default: module.Timeline })));
const LayoutPanel = lazy(() =>
  import('./LayoutPanel.tsx').then((module) => ({ default: module.LayoutPanel })),
);

/** The timeline: bars along a time axis. */
export const timeline: ViewKind = {
  kind: 'timeline',
  label: 'kind.timeline',
  icon: kindIcons.timeline,
  component: Timeline,
  layout: LayoutPanel,
  whole: 'grouped',
  refs: (definition, fields) => {
    const layout = layoutOf(definition);
    const dates = datesOf(layout, (ref) => fields.find((each) => each.ref === ref), fields);
    const grouped = (definition.query.group ?? []).map((group) => group.field);
    const own = [dates?.start.ref, dates?.end?.ref, layout.load?.field];
    return [...grouped, ...own.filter((ref) => ref !== undefined)];
  },
};

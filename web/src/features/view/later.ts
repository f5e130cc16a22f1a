import { soonPart } from '@/lib/lazy-part.ts';

/** What the tools of a view open: in a file of its own, which is there before a panel is shown. */
export const ToolPanel = soonPart(() => import('./ToolPanel.tsx'));

/** The form of a view's name and looks; likewise. */
export const ViewDialog = soonPart(() => import('./ViewDialog.tsx'));

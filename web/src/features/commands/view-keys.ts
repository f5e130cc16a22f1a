import type { MessageId } from '@/lib/i18n.ts';

/** Keys of one kind of view. */
export interface ViewKeys {
  id: string;
  title: MessageId;
  rows: readonly { label: MessageId; keys: readonly string[] }[];
}

/** The keys that work inside a view, where it has the focus: no commands, for they mean something only there. */
export const viewKeys: readonly ViewKeys[] = [
  {
    id: 'board',
    title: 'keys.board.title',
    rows: [
      { label: 'keys.board.move', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] },
      { label: 'keys.board.open', keys: ['Enter'] },
      { label: 'keys.board.pick', keys: ['Space'] },
      { label: 'keys.board.select', keys: ['x'] },
      { label: 'keys.board.extend', keys: ['Shift+ArrowDown'] },
      { label: 'keys.board.add', keys: ['n'] },
      { label: 'keys.board.menu', keys: ['Shift+F10'] },
    ],
  },
  {
    id: 'matrix',
    title: 'keys.matrix.title',
    rows: [
      { label: 'keys.matrix.move', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] },
      { label: 'keys.matrix.open', keys: ['Enter'] },
      { label: 'keys.matrix.select', keys: ['Space'] },
      { label: 'keys.matrix.pick', keys: ['m'] },
      { label: 'keys.matrix.zoom', keys: ['+', '-'] },
      { label: 'keys.matrix.all', keys: ['0'] },
    ],
  },
  {
    id: 'timeline',
    title: 'keys.timeline.title',
    rows: [
      { label: 'keys.timeline.go', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] },
      { label: 'keys.timeline.open', keys: ['Enter'] },
      { label: 'keys.timeline.move', keys: ['Shift+ArrowLeft', 'Shift+ArrowRight'] },
      { label: 'keys.timeline.end', keys: ['Alt+ArrowLeft', 'Alt+ArrowRight'] },
      { label: 'keys.timeline.start', keys: ['Alt+Shift+ArrowLeft', 'Alt+Shift+ArrowRight'] },
      { label: 'keys.timeline.menu', keys: ['m'] },
      { label: 'keys.timeline.zoom', keys: ['+', '-'] },
      { label: 'keys.timeline.today', keys: ['t'] },
    ],
  },
  {
    id: 'tree',
    title: 'keys.tree.title',
    rows: [
      { label: 'keys.tree.go', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] },
      { label: 'keys.tree.open', keys: ['Enter'] },
      { label: 'keys.tree.select', keys: ['Space'] },
      { label: 'keys.tree.move', keys: ['Alt+ArrowUp', 'Alt+ArrowDown', 'Alt+ArrowLeft', 'Alt+ArrowRight'] },
      { label: 'keys.tree.place', keys: ['m'] },
      { label: 'keys.tree.add', keys: ['a'] },
    ],
  },
];

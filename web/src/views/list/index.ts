import { kindIcons } from '../kind-icons.ts';
import type { ViewKind } from '../types.ts';
import { List } from './List.tsx';

/** The list: rows and columns, as in a spreadsheet. */
export const list: ViewKind = { kind: 'list', label: 'kind.list', icon: kindIcons.list, component: List };

import { createContext, type ReactNode } from 'react';
import type { Ref } from '@/sync/types.ts';

/** Shows what makes a field; `close` is called with the field that was made, or with nothing. */
export type MakeField = (close: (made?: Ref) => void) => ReactNode;

/** How a view makes a field of its project without leaving; absent where it cannot. */
export const MakeFieldContext = createContext<MakeField | undefined>(undefined);

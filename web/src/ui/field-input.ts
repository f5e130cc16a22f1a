import { type ComponentProps, type ComponentType, createContext } from 'react';

/** What a line of text is typed into: an input; within a Field one that knows its label, hint and error. */
export const InputContext = createContext<'input' | ComponentType<ComponentProps<'input'>>>('input');

import { createStore } from '@/lib/store.ts';

/** A message that comes and goes at the edge of the screen. */
export interface ToastOptions {
  /** The same id replaces the toast that is shown; those that offer undo have one together unless told. */
  id?: string;
  /** What happened, in a sentence. */
  title: string;
  /** What to do next, or detail. */
  description?: string;
  /** done unless told; error stays until it is dismissed and is read out at once. */
  tone?: 'done' | 'error';
  /** One thing to do about it. */
  action?: { label: string; onClick: () => void };
  /** Shorthand for an action named Undo. */
  undo?: () => void;
  /** Offers to say why it was done. */
  why?: () => void;
}

/** The toasts of what was just done, undone or done again: one at a time, so that none offers to take back what is no more. */
export const editToast = 'edit';

/** The toasts that wait for the region to take them. */
export const waitingToasts = createStore<readonly ToastOptions[]>([]);

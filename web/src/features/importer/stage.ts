import type { Run } from './calls.ts';

/** The steps of the wizard, in order. */
export const steps = ['file', 'map', 'check', 'work', 'done'] as const;

/** One step of the wizard. */
export type Step = (typeof steps)[number];

/** Whether somebody is at work on it: rows are being written or taken back. */
export function isWorking(run: Run): boolean {
  return (run.state === 'committing' || run.state === 'undoing') && !run.interrupted;
}

/** Whether its mapping can still be changed: it has nothing in the project. */
export function isIdle(run: Run): boolean {
  return run.state === 'staged' || run.state === 'mapped' || run.state === 'undone';
}

/** Whether it stopped before its end and can go on: interrupted or failed. */
export function canResume(run: Run): boolean {
  return run.state === 'failed' || (run.state === 'committing' && run.interrupted);
}

/** Whether it can be taken back, now. */
export function canUndo(run: Run): boolean {
  return !isIdle(run) && !isWorking(run);
}

/**
 * The step to show: what the address asks for, as far as the import's state allows. An undone import shows its result
 * unless its mapping is asked for again.
 */
export function stepOf(run: Run, wanted: Step | undefined): Step {
  if (isWorking(run)) return 'work';
  if (!isIdle(run)) return 'done';
  if (wanted === 'map' || wanted === 'check') return wanted;
  return run.state === 'undone' ? 'done' : 'map';
}

/** How an import is to be named in a list: its state, and whether it was interrupted. */
export function stateOf(run: Run): Run['state'] | 'interrupted' | 'undoInterrupted' {
  if (!run.interrupted) return run.state;
  return run.state === 'undoing' ? 'undoInterrupted' : 'interrupted';
}

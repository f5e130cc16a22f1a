import { createContext, useContext } from 'react';
import css from './change-marks.module.css';

/** What became otherwise with an idea, as a mark at its row, card or bar. */
export interface ChangeOf {
  tone: 'new' | 'moved' | 'changed';
  /** What it means, for a tooltip and for screen readers. */
  words: string;
}

/** The marks of ideas while what changed is looked at, by their ids; null where it is not. */
export const ChangeMarks = createContext<ReadonlyMap<number, ChangeOf> | null>(null);

/** The marks of all ideas; null where what changed is not looked at. */
export function useChanges(): ReadonlyMap<number, ChangeOf> | null {
  return useContext(ChangeMarks);
}

/** What became otherwise with an idea; undefined for nothing. */
export function useChangeOf(idea: number | undefined): ChangeOf | undefined {
  const marks = useChanges();
  return idea === undefined ? undefined : marks?.get(idea);
}

/** The mark at the edge of a row or card. `id` names its words, for who describes something by them. */
export function ChangeMark({ idea, id }: { idea: number; id?: string }) {
  const mark = useChangeOf(idea);
  if (!mark) return null;
  return (
    <span id={id} className={css.mark} data-tone={mark.tone} title={mark.words}>
      <span className="visually-hidden">{mark.words}</span>
    </span>
  );
}

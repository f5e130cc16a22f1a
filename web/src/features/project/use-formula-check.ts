import { useEffect, useState } from 'react';
import { errorText } from '@/lib/error-text.ts';
import { useProject } from '@/sync/project.tsx';
import { checkFormula, type Formula, type FormulaCheck } from './calls.ts';
import { plainFormula } from './formula.ts';

/** What is known of the formula that is being written. */
export interface FormulaState {
  /** The last answer; of an earlier text while `pending`. */
  check: FormulaCheck | undefined;
  pending: boolean;
  /** Why the server did not answer. */
  failure: string | undefined;
}

const pause = 250;

/** Checks a formula while it is written, and previews it on real ideas. */
export function useFormulaCheck(formula: Formula, field: number | undefined, name: string): FormulaState {
  const { project } = useProject();
  const [answer, setAnswer] = useState<{ key: string; check?: FormulaCheck; failure?: string }>();
  const asked = JSON.stringify([plainFormula(formula), name]);
  const empty = formula.kind === 'expression' ? !formula.expression?.trim() : !formula.inputs?.length;
  useEffect(() => {
    if (empty) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const [given, called] = JSON.parse(asked) as [Formula, string];
      const body = { formula: given, name: called || undefined, ...(field === undefined ? {} : { field }) };
      checkFormula(project.key, body, abort.signal)
        .then((check) => setAnswer({ key: asked, check }))
        .catch((error: unknown) => {
          if (abort.signal.aborted) return;
          setAnswer({ key: asked, failure: errorText(error) });
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked, empty, field, project.key]);
  if (empty) return { check: undefined, pending: false, failure: undefined };
  return { check: answer?.check, pending: answer?.key !== asked, failure: answer?.failure };
}

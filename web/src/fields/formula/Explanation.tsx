import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { explain } from '@/sync/calls.ts';
import type { Explanation, FieldInfo } from '@/sync/types.ts';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Bars } from './Bars.tsx';
import css from './Explanation.module.css';
import { useSpreadWords } from './spread.ts';

type Step = Explanation['steps'] extends (infer S)[] | null ? S : never;

/** Says how a formula came to its value for one idea, as a list of steps. */
export function ExplanationPanel({ idea, field }: { idea: number; field: FieldInfo }) {
  const { data, error } = useQuery({
    queryKey: ['explain', idea, field.ref],
    queryFn: ({ signal }) => explain(idea, field.ref, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const spread = useSpreadWords(idea, field);
  return (
    <div className={css.panel}>
      <header className={css.head}>
        <strong>{field.name}</strong>
        {data && <strong className={css.result}>{data.result || '–'}</strong>}
      </header>
      {error && (
        <p role="alert" className={css.note}>
          {error.message}
        </p>
      )}
      {!data && !error && <Skeleton width="220px" height="64px" />}
      {spread && (
        <div>
          <p className={css.label}>{spread}.</p>
          <Bars idea={idea} field={field} />
        </div>
      )}
      {data && (
        <>
          <p className={css.label}>{plain(data.label)}</p>
          {data.steps && data.steps.length > 0 && <Steps steps={data.steps} />}
          {data.note && <p className={css.note}>{data.note}</p>}
        </>
      )}
    </div>
  );
}

/** An expression without the braces around its names. */
function plain(expression: string): string {
  return expression.replace(/[{}]/g, '');
}

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={css.steps}>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one explanation never change places
        <li key={at}>
          <div className={css.step}>
            <span className={css.name}>
              {plain(step.label)}
              <Working step={step} />
            </span>
            <span className={css.value}>{resultOf(step)}</span>
          </div>
          {step.note && <p className={css.aside}>{step.note}</p>}
          {step.steps && step.steps.length > 0 && <Steps steps={step.steps} />}
        </li>
      ))}
    </ol>
  );
}

function resultOf(step: Step): string {
  if (step.weight !== undefined && step.result !== undefined) return formatNumber(step.result);
  if (step.text) return step.text;
  return step.result === undefined ? '–' : formatNumber(step.result);
}

/** Input, normalised input and weight of one part of a score, as they are multiplied. */
function Working({ step }: { step: Step }) {
  const { input, normalised, weight } = step;
  if (weight === undefined && normalised === undefined) return null;
  const own = input === undefined ? t('field.formula.noInput') : formatNumber(input);
  const scaled = normalised === undefined || normalised === input ? '' : `→ ${formatNumber(normalised)}`;
  const times = weight === undefined ? '' : `× ${formatNumber(weight)}`;
  if (scaled === '' && times === '') return null;
  return <span className={css.working}>{[own, scaled, times].filter(Boolean).join(' ')}</span>;
}

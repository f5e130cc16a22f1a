import { Check } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './importer.module.css';
import { type Step, steps } from './stage.ts';

/** The way through the wizard, and where one is on it. Steps in `open` can be gone to. */
export function Steps({
  at,
  open = [],
  onStep,
}: {
  at: Step;
  open?: readonly Step[];
  onStep?: (step: Step) => void;
}) {
  const here = steps.indexOf(at);
  return (
    <nav aria-label={t('importer.steps')}>
      <ol className={css.steps}>
        {steps.map((step, index) => {
          const mark = index < here ? <Icon of={Check} size={12} /> : index + 1;
          const inside = (
            <>
              <span className={css.stepMark}>{mark}</span>
              <span className={css.stepName}>{t(`importer.step.${step}`)}</span>
            </>
          );
          const free = index < here && onStep && open.includes(step);
          return (
            <li
              key={step}
              className={css.step}
              data-past={index < here || undefined}
              aria-current={index === here ? 'step' : undefined}
            >
              {free ? (
                <button type="button" className={css.stepLink} onClick={() => onStep(step)}>
                  {inside}
                </button>
              ) : (
                <span className={css.stepLink}>{inside}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

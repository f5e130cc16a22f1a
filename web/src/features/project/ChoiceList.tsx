import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Fragment, useId } from 'react';
import css from './ChoiceList.module.css';

/** Props of ChoiceList. */
export interface ChoiceListProps<T extends string> {
  label: string;
  /** Those of one group stand together, under its name. */
  choices: readonly { value: T; label: string; text?: string; group?: string }[];
  value: T;
  onValueChange: (value: T) => void;
  disabled?: boolean;
}

/** One of a few choices that each need a sentence. */
export function ChoiceList<T extends string>({
  label,
  choices,
  value,
  onValueChange,
  disabled,
}: ChoiceListProps<T>) {
  const heading = useId();
  return (
    <div className={css.group}>
      <div id={heading} className={css.heading}>
        {label}
      </div>
      <RadioGroup
        aria-labelledby={heading}
        className={css.list}
        value={value}
        disabled={disabled}
        onValueChange={(next) => {
          const choice = choices.find((each) => each.value === next);
          if (choice) onValueChange(choice.value);
        }}
      >
        {choices.map((choice, i) => (
          <Fragment key={choice.value}>
            {choice.group && choice.group !== choices[i - 1]?.group && (
              <div className={css.part}>{choice.group}</div>
            )}
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the radio inside */}
            <label className={css.choice}>
              <Radio.Root value={choice.value} className={css.radio}>
                <Radio.Indicator className={css.dot} />
              </Radio.Root>
              <span className={css.text}>
                <span>{choice.label}</span>
                {choice.text && <span className={css.quiet}>{choice.text}</span>}
              </span>
            </label>
          </Fragment>
        ))}
      </RadioGroup>
    </div>
  );
}

import { Slider as Base } from '@base-ui/react/slider';
import { formatLocale } from '@/lib/format.ts';
import css from './Slider.module.css';

/** Props of RangeSlider. */
export interface RangeSliderProps {
  /** Low, likely and high, ascending. */
  value: readonly [number, number, number];
  onValueChange: (value: [number, number, number]) => void;
  min: number;
  max: number;
  step: number;
  /** Names of the three thumbs for screen readers. */
  labels: readonly [string, string, string];
}

const parts = ['low', 'likely', 'high'] as const;

/** A range within bounds: three thumbs, of which the outer ones push the middle one along. */
export function RangeSlider({ value, onValueChange, labels, ...rest }: RangeSliderProps) {
  return (
    <Base.Root
      {...rest}
      className={css.root}
      value={value}
      locale={formatLocale()}
      thumbCollisionBehavior="push"
      onValueChange={(next) => {
        const [low = rest.min, likely = low, high = likely] = next as readonly number[];
        onValueChange([low, likely, high]);
      }}
      thumbAlignment="edge"
    >
      <Base.Control className={css.control}>
        <Base.Track className={css.track}>
          <Base.Indicator className={css.fill} data-soft />
          {parts.map((part, at) => (
            <Base.Thumb
              key={part}
              index={at}
              className={css.thumb}
              data-part={part}
              aria-label={labels[at]}
            />
          ))}
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}

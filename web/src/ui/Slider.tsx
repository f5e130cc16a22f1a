import { Slider as Base } from '@base-ui/react/slider';
import { formatLocale } from '@/lib/format.ts';
import css from './Slider.module.css';

/** Props of Slider. */
export interface SliderProps {
  value: number;
  onValueChange: (value: number) => void;
  /** Called when the thumb is let go or a key has moved it. */
  onValueCommit?: (value: number) => void;
  /** 0 unless told. */
  min?: number;
  /** 100 unless told. */
  max?: number;
  /** 1 unless told. */
  step?: number;
  format?: Intl.NumberFormatOptions;
  /** Show the number behind the track. */
  showValue?: boolean;
  disabled?: boolean;
  'aria-label': string;
}

/** A number within a range, by dragging or with the arrow keys. */
export function Slider(props: SliderProps) {
  const { onValueChange, onValueCommit, showValue, 'aria-label': label, ...rest } = props;
  return (
    <Base.Root
      {...rest}
      className={css.root}
      locale={formatLocale()}
      onValueChange={(next) => onValueChange(Number(next))}
      onValueCommitted={(next) => onValueCommit?.(Number(next))}
      thumbAlignment="edge"
    >
      <Base.Control className={css.control}>
        <Base.Track className={css.track}>
          <Base.Indicator className={css.fill} />
          <Base.Thumb className={css.thumb} aria-label={label} />
        </Base.Track>
      </Base.Control>
      {showValue && <Base.Value className={css.value} />}
    </Base.Root>
  );
}

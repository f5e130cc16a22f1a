import { likelyOf } from '@/lib/range.ts';
import { Slider } from '@/ui/Slider.tsx';
import { RangePanel } from '../RangePanel.tsx';
import type { EditorProps } from '../types.ts';
import { parseSlider, rangeOf } from './parse.ts';

/** Its editor, beside the cell. */
export default function Editor(props: EditorProps) {
  const { field } = props;
  const bounds = rangeOf(field);
  return (
    <RangePanel
      {...props}
      {...bounds}
      first={Math.max(1, Math.round((bounds.max - bounds.min) / bounds.step / 10))}
      parse={(text) => parseSlider(text, field)}
    >
      {(value, set) => (
        <Slider
          {...bounds}
          value={likelyOf(value) ?? bounds.min}
          aria-label={field.name}
          onValueChange={set}
        />
      )}
    </RangePanel>
  );
}

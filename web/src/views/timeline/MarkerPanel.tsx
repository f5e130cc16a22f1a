import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { optionColors } from '@/lib/colors.ts';
import { today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { DatePicker } from '@/ui/DatePicker.tsx';
import { Field } from '@/ui/Field.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { TextField } from '@/ui/TextField.tsx';
import type { TimelineMarker } from './layout.ts';
import css from './MarkerPanel.module.css';
import parts from './parts.module.css';
import type { Timeline } from './use-timeline.ts';

/** Asks for the name, the day and the colour of a marker. */
export function MarkerPanel({ timeline }: { timeline: Timeline }) {
  const { marker, layout, setLayout, editMarker } = timeline;
  const markers = layout.markers ?? [];
  const known = marker ? markers[marker.at] : undefined;
  const [draft, setDraft] = useState<TimelineMarker>(known ?? { name: '', date: today(), color: 'purple' });
  if (!marker) return null;
  const { at } = marker;
  const save = () => {
    const next = { ...draft, name: draft.name.trim() };
    if (next.name !== '')
      setLayout({
        markers: known ? markers.map((each, index) => (index === at ? next : each)) : [...markers, next],
      });
    editMarker(null);
  };
  const set = (change: Partial<TimelineMarker>) => setDraft((last) => ({ ...last, ...change }));
  return (
    <Popover
      open
      anchor={marker.anchor}
      label={t('timeline.marker')}
      onOpenChange={(open) => !open && editMarker(null)}
    >
      <form
        className={parts.panel}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field label={t('timeline.marker.name')}>
          <TextField value={draft.name} maxLength={120} onValueChange={(name) => set({ name })} />
        </Field>
        <Field label={t('timeline.marker.day')}>
          <DatePicker
            label={t('timeline.marker.day')}
            value={draft.date}
            onValueChange={(date) => date && set({ date })}
          />
        </Field>
        <fieldset className={css.colors}>
          <legend className="visually-hidden">{t('timeline.marker.color')}</legend>
          {optionColors.map((color) => (
            <label key={color} className={css.color} data-option-color={color} title={t(`color.${color}`)}>
              <input
                type="radio"
                className="visually-hidden"
                name="marker color"
                aria-label={t(`color.${color}`)}
                checked={draft.color === color}
                onChange={() => set({ color })}
              />
            </label>
          ))}
        </fieldset>
        <div className={css.foot}>
          {known && (
            <Button
              tone="ghost"
              icon={Trash2}
              onClick={() => {
                setLayout({ markers: markers.filter((_, index) => index !== at) });
                editMarker(null);
              }}
            >
              {t('timeline.marker.remove')}
            </Button>
          )}
          <Button tone="primary" type="submit">
            {t('timeline.marker.save')}
          </Button>
        </div>
      </form>
    </Popover>
  );
}

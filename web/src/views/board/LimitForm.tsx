import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Segments } from '@/ui/Segments.tsx';
import panel from './LayoutPanel.module.css';
import css from './LimitForm.module.css';

/** Props of LimitForm. */
export interface LimitFormProps {
  limit: number | undefined;
  block: boolean;
  onChange: (change: { limit?: number; block?: boolean }) => void;
  onDone: () => void;
}

/** How many ideas a column should hold, and what happens beyond. */
export function LimitForm({ limit, block, onChange, onDone }: LimitFormProps) {
  const [number, setNumber] = useState<number | null>(limit ?? null);
  const [how, setHow] = useState<'warn' | 'block'>(block ? 'block' : 'warn');
  const save = () => {
    onChange({ limit: number ? Math.max(1, Math.round(number)) : undefined, block: how === 'block' });
    onDone();
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field label={t('board.limit.number')}>
        <NumberField
          value={number}
          onValueChange={setNumber}
          min={1}
          max={100_000}
          placeholder={t('board.limit.none')}
        />
      </Field>
      <Segments
        label={t('board.limit.how')}
        options={[
          { value: 'warn', label: t('board.limit.warn') },
          { value: 'block', label: t('board.limit.block') },
        ]}
        value={how}
        onValueChange={setHow}
      />
      <p className={panel.hint}>{t(how === 'block' ? 'board.limit.blockText' : 'board.limit.warnText')}</p>
      <div className={css.buttons}>
        {limit !== undefined && (
          <Button
            tone="ghost"
            onClick={() => {
              onChange({ limit: undefined, block: false });
              onDone();
            }}
          >
            {t('board.limit.remove')}
          </Button>
        )}
        <Button tone="primary" type="submit">
          {t('ui.done')}
        </Button>
      </div>
    </form>
  );
}

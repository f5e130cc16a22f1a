import { Braces, X } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { TextField } from '@/ui/TextField.tsx';
import box from '@/views/shared/query/query.module.css';
import css from './view.module.css';
import { whereWords } from './words.ts';

/** Props of WhereField. */
export interface WhereFieldProps {
  where: string | undefined;
  onWhereChange: (where: string | undefined) => void;
  /** What is wrong with it, as the server says. */
  problem?: string;
}

/** A condition as a formula, beside the conditions of the builder; it takes effect on Enter and on leaving it. */
export function WhereField({ where, onWhereChange, problem }: WhereFieldProps) {
  const { field } = useProject();
  const shown = whereWords(where ?? '', { field });
  const [typed, setTyped] = useState<string | undefined>(where === undefined ? undefined : shown);
  if (typed === undefined) {
    return (
      <div className={box.foot}>
        <Button tone="ghost" icon={Braces} onClick={() => setTyped('')}>
          {t('filter.addWhere')}
        </Button>
      </div>
    );
  }
  const give = () => {
    const next = typed.trim();
    if (next !== shown) onWhereChange(next || undefined);
  };
  return (
    <div className={css.where}>
      <span className={css.hint}>{t('filter.and')}</span>
      <Field label={t('filter.where')} hideLabel error={problem} className={css.grow}>
        <TextField
          className={css.mono}
          autoFocus={where === undefined}
          placeholder={t('filter.whereExample')}
          spellCheck={false}
          value={typed}
          onValueChange={setTyped}
          onBlur={give}
          onKeyDown={(event) => {
            if (event.key === 'Enter') give();
          }}
        />
      </Field>
      <IconButton
        label={t('filter.removeWhere')}
        icon={X}
        size="tiny"
        onClick={() => {
          setTyped(undefined);
          onWhereChange(undefined);
        }}
      />
    </div>
  );
}

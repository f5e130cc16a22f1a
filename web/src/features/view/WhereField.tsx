import { Braces, X } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './view.module.css';
import { whereWords } from './words.ts';

/** Props of WhereField. */
export interface WhereFieldProps {
  where: string | undefined;
  onWhereChange: (where: string | undefined) => void;
}

/** A condition as a formula, beside the conditions of the builder; it takes effect on Enter and on leaving it. */
export function WhereField({ where, onWhereChange }: WhereFieldProps) {
  const { field } = useProject();
  const shown = whereWords(where ?? '', { field });
  const [typed, setTyped] = useState<string | undefined>(where === undefined ? undefined : shown);
  if (typed === undefined) {
    return (
      <div className={css.foot}>
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
      <TextField
        className={css.grow}
        autoFocus={where === undefined}
        aria-label={t('filter.where')}
        placeholder={t('filter.whereExample')}
        spellCheck={false}
        value={typed}
        onValueChange={setTyped}
        onBlur={give}
        onKeyDown={(event) => {
          if (event.key === 'Enter') give();
        }}
      />
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

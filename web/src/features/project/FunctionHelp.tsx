import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { fuzzyFilter } from '@/actions/search.ts';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { getFunctions } from './calls.ts';
import css from './Formula.module.css';

/** The functions of the expression language; empty until they are loaded. */
export function useFunctions() {
  const { data } = useQuery({
    queryKey: ['formula-functions'],
    queryFn: ({ signal }) => getFunctions(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? [];
}

/** Every function with what it does and an example; choosing one puts it into the expression. */
export function FunctionHelp({ onInsert }: { onInsert: (text: string) => void }) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const functions = useFunctions();
  const found = fuzzyFilter(functions, query, ({ name, help, group }) => `${name} ${help} ${group}`);
  return (
    <div className={css.help}>
      <button type="button" className={css.helpToggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon of={ChevronRight} size={14} className={css.caret} />
        {t('project.formula.functions')}
      </button>
      {open && (
        <>
          <TextField
            value={query}
            onValueChange={setQuery}
            placeholder={t('project.formula.findFunction')}
            aria-label={t('project.formula.findFunction')}
          />
          <ul className={css.functions}>
            {found.map((each) => (
              <li key={each.name}>
                <button type="button" className={css.function} onClick={() => onInsert(`${each.name}(`)}>
                  <code>{each.signature}</code>
                  <span className={css.functionText}>{each.help}</span>
                  <code className={css.quiet}>{each.example}</code>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

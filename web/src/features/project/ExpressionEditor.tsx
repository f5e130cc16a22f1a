import {
  type KeyboardEvent,
  type SyntheticEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { FieldInfo } from '@/sync/types.ts';
import type { FormulaCheck } from './calls.ts';
import { type Completion, complete, completionsAt, markErrors } from './completion.ts';
import css from './Formula.module.css';
import { FunctionHelp, useFunctions } from './FunctionHelp.tsx';
import { typeName } from './field-types.ts';

interface ExpressionEditorProps {
  field: FieldInfo | undefined;
  text: string;
  errors: NonNullable<FormulaCheck['errors']>;
  onChange: (text: string) => void;
}

/** Writes an expression: completes names while one types, underlines what is wrong, and says how to mend it. */
export function ExpressionEditor({ field, text, errors, onChange }: ExpressionEditorProps) {
  const { fields } = useProject();
  const functions = useFunctions();
  const area = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState<number>();
  const [active, setActive] = useState(0);
  const list = useId();
  // Where the cursor comes to stand once a piece that was put in is there; before anything else can be typed.
  const caret = useRef<number>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the text has changed
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    area.current?.focus();
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [text]);
  const names = useMemo(
    () => ({
      fields: fields
        .filter((each) => each.ref !== field?.ref)
        .map((each) => ({ name: each.name, detail: typeName(each.type) })),
      functions,
    }),
    [fields, field, functions],
  );
  const offered = cursor === undefined ? undefined : completionsAt(text, cursor, names);
  const at = offered ? Math.min(active, offered.items.length - 1) : 0;

  const put = (next: string, place: number) => {
    onChange(next);
    setCursor(undefined);
    caret.current = place;
  };
  const choose = (item: Completion | undefined) => {
    if (!offered || !item) return;
    const done = complete(text, offered, item);
    put(done.text, done.cursor);
  };
  const insert = (piece: string) => {
    const from = area.current?.selectionStart ?? text.length;
    const to = area.current?.selectionEnd ?? text.length;
    put(text.slice(0, from) + piece + text.slice(to), from + piece.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!offered || event.nativeEvent.isComposing) return;
    const count = offered.items.length;
    if (event.key === 'ArrowDown') setActive((at + 1) % count);
    else if (event.key === 'ArrowUp') setActive((at - 1 + count) % count);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(offered.items[at]);
    else if (event.key === 'Escape') setCursor(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onType = (event: SyntheticEvent<HTMLTextAreaElement>) => {
    onChange(event.currentTarget.value);
    setCursor(event.currentTarget.selectionStart);
    setActive(0);
  };
  return (
    <div className={css.expression}>
      <div className={css.writing}>
        <pre className={css.mirror} aria-hidden="true">
          {markErrors(text, errors).map((stretch, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the stretches have no other name than their place
            <span key={index} data-wrong={stretch.wrong || undefined}>
              {stretch.text}
            </span>
          ))}
          {'\n'}
        </pre>
        <textarea
          ref={area}
          className={css.area}
          value={text}
          rows={3}
          spellCheck={false}
          autoCapitalize="none"
          placeholder={t('project.formula.placeholder')}
          aria-label={t('project.formula.expression')}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={offered ? list : undefined}
          aria-activedescendant={offered ? `${list}-${at}` : undefined}
          aria-invalid={errors.length > 0}
          aria-describedby={errors.length > 0 ? `${list}-errors` : undefined}
          onChange={onType}
          onKeyDown={onKeyDown}
          onClick={() => setCursor(undefined)}
          onBlur={() => setCursor(undefined)}
        />
        {offered && <Offers id={list} items={offered.items} active={at} onChoose={choose} />}
      </div>
      {errors.length > 0 && (
        <div id={`${list}-errors`} role="alert">
          <ul className={css.errors}>
            {errors.map((error) => (
              <li key={`${error.pos} ${error.message}`}>
                <strong>{t('project.formula.at', { n: error.pos + 1 })}</strong> {error.message}{' '}
                {error.remedy && <span className={css.remedy}>{error.remedy}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      <FunctionHelp onInsert={insert} />
    </div>
  );
}

interface OffersProps {
  id: string;
  items: readonly Completion[];
  active: number;
  onChoose: (item: Completion) => void;
}

function Offers({ id, items, active, onChoose }: OffersProps) {
  return (
    <div id={id} className={css.offers} role="listbox" aria-label={t('project.formula.offers')}>
      {items.map((item, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text above has the keys and names the active option
        <div
          key={`${item.kind} ${item.label}`}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === active}
          className={css.offer}
          // The text keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(item)}
        >
          <span>{item.label}</span>
          <span className={css.quiet}>{item.detail}</span>
        </div>
      ))}
    </div>
  );
}

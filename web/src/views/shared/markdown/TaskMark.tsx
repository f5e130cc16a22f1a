import { Check } from 'lucide-react';
import type { Tokens } from 'marked';
import { createContext, useContext } from 'react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './prose.module.css';
import { taskText } from './tasks.ts';

/** Hears which task of a text, counted as they are shown, is to be done or not. */
export type OnTick = (at: number, done: boolean) => void;

/** Lets the tasks of a text be ticked. */
export interface Ticking {
  items: readonly Tokens.ListItem[];
  onTick: OnTick;
}

/** Around a text whose tasks can be ticked. */
export const TickContext = createContext<Ticking | undefined>(undefined);

/** The box of a task; a switch where it can be ticked. */
export function TaskMark({ item }: { item: Tokens.ListItem }) {
  const ticking = useContext(TickContext);
  const done = item.checked ?? false;
  const mark = done && <Icon of={Check} size={12} />;
  if (!ticking) {
    return (
      <span
        className={css.task}
        data-done={done || undefined}
        role="img"
        aria-label={t(done ? 'idea.task.done' : 'idea.task.open')}
      >
        {mark}
      </span>
    );
  }
  return (
    <button
      type="button"
      role="checkbox"
      className={css.task}
      data-done={done || undefined}
      aria-checked={done}
      aria-label={taskText(item) || t(done ? 'idea.task.done' : 'idea.task.open')}
      onClick={() => ticking.onTick(ticking.items.indexOf(item), !done)}
    >
      {mark}
    </button>
  );
}

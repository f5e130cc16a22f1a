import { Pencil } from 'lucide-react';
import { type MouseEvent, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { Idea } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Markdown } from '@/views/shared/markdown/Markdown.tsx';
import { tickDescription } from '@/views/shared/talk/ticks.ts';
import css from './Description.module.css';
import { DescriptionEditor } from './DescriptionEditor.tsx';

/** Props of Description. */
export interface DescriptionProps {
  /** The idea as it is shown. */
  idea: Idea;
  mayEdit: boolean;
  /** The name of whoever changed it last. */
  changedBy: string | undefined;
}

/** An idea's description: formatted text that becomes an editor where it is clicked. */
export function Description({ idea, mayEdit, changedBy }: DescriptionProps) {
  const { session } = useProject();
  const [editing, setEditing] = useState(false);
  if (editing)
    return <DescriptionEditor idea={idea} changedBy={changedBy} onLeave={() => setEditing(false)} />;
  const empty = idea.description.trim() === '';
  if (empty && !mayEdit) return <p className={css.none}>{t('idea.description.none')}</p>;
  if (empty) {
    return (
      <button type="button" className={css.add} onClick={() => setEditing(true)}>
        {t('idea.description.add')}
      </button>
    );
  }
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const inLink = event.target instanceof Element && event.target.closest('a, button') !== null;
    const selecting = (getSelection()?.toString() ?? '') !== '';
    if (mayEdit && !inLink && !selecting) setEditing(true);
  };
  const onTick = (at: number, done: boolean) => void tickDescription(session, idea, { at, done });
  return (
    <section className={css.description} aria-label={t('idea.description')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same for keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it does the same for keys */}
      <div className={css.text} data-editable={mayEdit || undefined} onClick={onClick}>
        <Markdown text={idea.description} onTick={mayEdit ? onTick : undefined} />
      </div>
      {mayEdit && (
        <span className={css.edit}>
          <IconButton
            size="tiny"
            tone="secondary"
            label={t('idea.description.edit')}
            icon={Pencil}
            onClick={() => setEditing(true)}
          />
        </span>
      )}
    </section>
  );
}

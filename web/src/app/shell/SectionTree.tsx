import { ArrowDown, ArrowUp, ChevronRight, Ellipsis, FolderPlus, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { sectionStepOf, type TreeSection } from '@/sync/sidebar.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import css from './Sidebar.module.css';
import type { TreeContext } from './tree-context.ts';
import { type Drop, useTreeDrag } from './use-tree-drag.ts';
import { ViewLine } from './ViewLine.tsx';

/** Props of SectionTree. */
export interface SectionTreeProps {
  part: TreeSection;
  context: TreeContext;
}

const foldedKey = (id: number) => `cairn.section.${id}`;

/** A section of the sidebar, which folds, with its views and the sections in it. */
export function SectionTree({ part, context }: SectionTreeProps) {
  const { section, views, sections } = part;
  const { commands, mayArrange, page } = context;
  const [folded, setFolded] = useState(() => readStored(foldedKey(section.id)) === 'folded');
  const [naming, setNaming] = useState<'this' | 'inner'>();
  const { line, over } = useSectionDrop(part, context);
  const fold = (next: boolean) => {
    setFolded(next);
    writeStored(foldedKey(section.id), next ? 'folded' : null);
  };
  const body = `sidebar-section-${section.id}`;
  return (
    <div className={css.group} data-nested={section.parent ? '' : undefined}>
      {naming === 'this' ? (
        <SectionName
          first={section.name}
          onDone={(name) => {
            setNaming(undefined);
            if (name && name !== section.name) void commands.renameSection(section, name);
          }}
        />
      ) : (
        <div ref={line} className={css.fold} data-over={over}>
          <button
            type="button"
            className={css.foldButton}
            aria-expanded={!folded}
            aria-controls={body}
            onClick={() => fold(!folded)}
          >
            <Icon of={ChevronRight} size={14} />
            <span className={css.label}>{section.name}</span>
          </button>
          {mayArrange && (
            <span className={css.more}>
              <Menu
                align="end"
                trigger={
                  <IconButton
                    label={t('shell.tree.moreSection', { name: section.name })}
                    icon={Ellipsis}
                    size="tiny"
                  />
                }
                items={entriesOf(part, context, setNaming)}
              />
            </span>
          )}
        </div>
      )}
      <div id={body} hidden={folded}>
        <ul aria-label={section.name}>
          {views.map((view) => (
            <ViewLine key={view.id} view={view} context={context} />
          ))}
        </ul>
        {sections.map((each) => (
          <SectionTree key={each.section.id} part={each} context={context} />
        ))}
        {views.length + sections.length === 0 && page.views && (
          <p className={css.none}>{t('shell.tree.empty')}</p>
        )}
      </div>
      {naming === 'inner' && (
        <SectionName
          onDone={(name) => {
            setNaming(undefined);
            if (name) void commands.addSection(name, section.id);
          }}
        />
      )}
    </div>
  );
}

/** A view dropped on a heading goes to the end of the section; a section goes beside it. */
function useSectionDrop({ section }: TreeSection, { page, commands, mayArrange }: TreeContext) {
  const beside: Drop[] = ['before', 'after'];
  return useTreeDrag<HTMLDivElement>({
    dragged: mayArrange ? { kind: 'section', id: section.id } : undefined,
    accepts: (what) => {
      if (!mayArrange || what.kind === 'favorite') return [];
      if (what.kind === 'view') return ['into'];
      return what.id === section.id ? [] : beside;
    },
    onDrop: (what, how) => {
      const view = page.views?.find((each) => each.id === what.id);
      const moved = page.sections?.find((each) => each.id === what.id);
      if (what.kind === 'view' && view) void commands.place(view, { section: section.id });
      else if (moved)
        void commands.placeSection(moved, how === 'before' ? { before: section.id } : { after: section.id });
    },
  });
}

function entriesOf(
  { section }: TreeSection,
  { tree, commands }: TreeContext,
  name: (what: 'this' | 'inner') => void,
): MenuEntry[] {
  const [up, down] = [sectionStepOf(tree, section.id, -1), sectionStepOf(tree, section.id, 1)];
  return [
    { id: 'rename', label: t('shell.tree.rename'), icon: Pencil, onSelect: () => name('this') },
    ...(section.parent
      ? []
      : [
          {
            id: 'inner',
            label: t('shell.tree.newInner'),
            icon: FolderPlus,
            onSelect: () => name('inner'),
          },
        ]),
    {
      id: 'up',
      label: t('view.moveUp'),
      icon: ArrowUp,
      disabled: !up,
      onSelect: () => up && void commands.placeSection(section, up),
    },
    {
      id: 'down',
      label: t('view.moveDown'),
      icon: ArrowDown,
      disabled: !down,
      onSelect: () => down && void commands.placeSection(section, down),
    },
    { kind: 'separator', id: 'line' },
    {
      id: 'remove',
      label: t('shell.tree.removeSection'),
      icon: Trash2,
      danger: true,
      onSelect: () => void commands.removeSection(section),
    },
  ];
}

/** The name of a section, typed in its place; undefined when it was given up. */
export function SectionName({
  first = '',
  onDone,
}: {
  first?: string;
  onDone: (name: string | undefined) => void;
}) {
  const [typed, setTyped] = useState(first);
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
      autoFocus
      className={css.nameInput}
      aria-label={t('shell.tree.sectionName')}
      placeholder={t('shell.tree.sectionName')}
      maxLength={120}
      value={typed}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => onDone(typed.trim() || undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        else if (event.key === 'Escape') {
          event.stopPropagation();
          onDone(undefined);
        }
      }}
    />
  );
}

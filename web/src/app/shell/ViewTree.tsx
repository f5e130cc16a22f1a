import { FolderPlus, LayoutList, Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import type { ProjectPage } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { treeOf } from '@/sync/sidebar.ts';
import type { View } from '@/sync/types.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { SectionName, SectionTree } from './SectionTree.tsx';
import css from './Sidebar.module.css';
import type { TreeContext } from './tree-context.ts';
import { useTree } from './use-tree.ts';
import { useTreeDrag } from './use-tree-drag.ts';
import { ViewLine } from './ViewLine.tsx';

/** Props of ViewTree. */
export interface ViewTreeProps {
  page: ProjectPage;
  createView: () => void;
}

/** The views of a project: favourites, then all of them by section. */
export function ViewTree({ page, createView }: ViewTreeProps) {
  const commands = useTree(page);
  const [naming, setNaming] = useState(false);
  const tree = treeOf(page);
  const mayArrange = hasRole(page.role, 'editor') && !page.archived;
  const context: TreeContext = { page, tree, commands, mayArrange };
  const byId = new Map((page.views ?? []).map((view) => [view.id, view]));
  const favorites = (page.favorites ?? []).flatMap((id) => byId.get(id) ?? []);
  return (
    <>
      {favorites.length > 0 && <Favorites views={favorites} context={context} />}
      <section className={css.section} aria-labelledby="sidebar-views">
        <Head
          mayArrange={mayArrange}
          createView={createView}
          onSection={() => setNaming(true)}
          context={context}
        />
        <ul>
          {tree.views.map((view) => (
            <ViewLine key={view.id} view={view} context={context} />
          ))}
        </ul>
        {tree.sections.map((each) => (
          <SectionTree key={each.section.id} part={each} context={context} />
        ))}
        {naming && (
          <SectionName
            onDone={(name) => {
              setNaming(false);
              if (name) void commands.addSection(name);
            }}
          />
        )}
        <p className="visually-hidden" role="status">
          {commands.said}
        </p>
      </section>
    </>
  );
}

function Favorites({ views, context }: { views: View[]; context: TreeContext }) {
  return (
    <section className={css.section} aria-labelledby="sidebar-favorites">
      <div className={css.head}>
        <h2 id="sidebar-favorites" className={css.heading}>
          {t('shell.favorites')}
        </h2>
      </div>
      <ul>
        {views.map((view) => (
          <ViewLine key={view.id} view={view} context={context} favorite />
        ))}
      </ul>
    </section>
  );
}

interface HeadProps {
  mayArrange: boolean;
  createView: () => void;
  onSection: () => void;
  context: TreeContext;
}

/** The heading of the views; a view that is dropped on it leaves its section. */
function Head({ mayArrange, createView, onSection, context }: HeadProps) {
  const { line, over } = useTreeDrag<HTMLDivElement>({
    accepts: (what) => (mayArrange && what.kind !== 'favorite' ? ['into'] : []),
    onDrop: (what) => {
      const { page, tree, commands } = context;
      const [first] = tree.views;
      const view = page.views?.find((each) => each.id === what.id);
      const section = page.sections?.find((each) => each.id === what.id);
      if (what.kind === 'view' && view)
        void commands.place(view, first && first.id !== view.id ? { before: first.id } : { section: 0 });
      else if (what.kind === 'section' && section) void commands.placeSection(section, { section: 0 });
    },
  });
  return (
    <div ref={line} className={css.head} data-over={over}>
      <h2 id="sidebar-views" className={css.heading}>
        {t('shell.views')}
      </h2>
      {mayArrange && (
        <Menu
          align="end"
          trigger={<IconButton label={t('shell.tree.add')} icon={Plus} size="tiny" />}
          items={[
            { id: 'view', label: t('shell.newView'), icon: LayoutList, onSelect: createView },
            { id: 'section', label: t('shell.tree.newSection'), icon: FolderPlus, onSelect: onSection },
          ]}
        />
      )}
    </div>
  );
}

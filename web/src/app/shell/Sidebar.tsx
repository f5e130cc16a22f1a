import { PanelLeftClose, Plus, Search, SquarePen } from 'lucide-react';
import { useLocation } from 'wouter';
import { useRegistry } from '@/actions/react.tsx';
import { paletteAction } from '@/features/commands/Commands.tsx';
import { t } from '@/lib/i18n.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import type { SidebarItem, SidebarModel, SidebarSection } from './model.ts';
import { NavLink } from './NavLink.tsx';
import { ProjectSwitcher } from './ProjectSwitcher.tsx';
import css from './Sidebar.module.css';
import { ViewTree } from './ViewTree.tsx';

/** Props of Sidebar. */
export interface SidebarProps {
  model: SidebarModel;
  onHide: () => void;
  /** Called when something else opens over the page, as capture does. */
  onLeave?: () => void;
}

/** What leads everywhere: the project, its views, settings, and the person. */
export function Sidebar({ model, onHide, onLeave }: SidebarProps) {
  const registry = useRegistry();
  const leaveFor = (run: () => void) => () => {
    onLeave?.();
    run();
  };
  return (
    <div className={css.sidebar}>
      <div className={css.top}>
        <ProjectSwitcher model={model} />
        <IconButton
          label={t('shell.closeSidebar')}
          icon={PanelLeftClose}
          shortcut="$mod+\"
          onClick={onHide}
        />
      </div>
      <div className={css.quick}>
        <button type="button" className={css.search} onClick={leaveFor(() => registry.run(paletteAction))}>
          <Icon of={Search} size={14} />
          <span className={css.searchLabel}>{t('shell.search')}</span>
          <Kbd keys="$mod+k" />
        </button>
        {model.createIdea && (
          <IconButton
            label={t('shell.newIdea')}
            icon={SquarePen}
            tone="secondary"
            shortcut="c"
            onClick={leaveFor(model.createIdea)}
          />
        )}
      </div>
      <nav className={css.nav}>
        {model.top && (
          <ul className={css.above}>
            {model.top.map((item) => (
              <li key={item.id}>
                <Line item={item} />
              </li>
            ))}
          </ul>
        )}
        {model.page && <ViewTree key={model.page.id} page={model.page} createView={model.createView} />}
        {model.sections.map((section) => (
          <Section key={section.id} section={section} />
        ))}
      </nav>
      <AccountMenu person={model.person} />
    </div>
  );
}

function Section({ section }: { section: SidebarSection }) {
  const heading = `sidebar-${section.id}`;
  return (
    <section className={css.section} aria-labelledby={section.title && heading}>
      {section.title && (
        <div className={css.head}>
          <h2 id={heading} className={css.heading}>
            {section.title}
          </h2>
          {section.add && (
            <IconButton label={section.add.label} icon={Plus} size="tiny" onClick={section.add.run} />
          )}
        </div>
      )}
      <ul>
        {section.items.map((item) => (
          <li key={item.id}>
            <Line item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ item }: { item: SidebarItem }) {
  const [path] = useLocation();
  const current = path === item.href || path.startsWith(`${item.href}/`);
  return (
    <NavLink href={item.href} className={css.item} aria-current={current ? 'page' : undefined}>
      {item.emoji ? (
        <span className={css.emoji} aria-hidden="true">
          {item.emoji}
        </span>
      ) : (
        item.icon && <Icon of={item.icon} />
      )}
      <span className={css.label}>{item.label}</span>
      {item.count !== undefined && item.count > 0 && <span className={css.count}>{item.count}</span>}
    </NavLink>
  );
}

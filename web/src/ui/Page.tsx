import { PanelLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePainted } from '@/lib/first-paint.ts';
import { t } from '@/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import css from './Page.module.css';
import { SplitPane } from './SplitPane.tsx';
import { useShell } from './shell-context.ts';

/** Props of Page. */
export interface PageProps {
  /** The page's name, its heading. */
  title: string;
  /** Something else to show in the heading's place, such as an editable name; `title` is then read to no one. */
  heading?: ReactNode;
  /** Before the name: an icon, an emoji. */
  leading?: ReactNode;
  /** In the header line after the name: chips of filters, group, sort. Scrolls sideways where it does not fit. */
  tools?: ReactNode;
  /** At the end of the header line. */
  actions?: ReactNode;
  /** The panel at the side; absent when closed. */
  panel?: ReactNode;
  panelLabel?: string;
  /** On a phone the panel leaves the upper part of the page in sight and in reach. */
  sheet?: boolean;
  /** The content brings its own scrolling (a grid); otherwise the page scrolls. */
  fill?: boolean;
  children: ReactNode;
}

/** A page within the frame: one header line, the content, and a panel at the side. */
export function Page({
  title,
  heading,
  leading,
  tools,
  actions,
  panel,
  panelLabel,
  sheet,
  fill,
  children,
}: PageProps) {
  const { sidebarHidden, showSidebar } = useShell();
  const painted = usePainted();
  return (
    <SplitPane panel={panel} label={panelLabel ?? ''} sheet={sheet} storageKey="cairn.panelWidth">
      <header className={css.header} data-part="header">
        {sidebarHidden && (
          <IconButton label={t('shell.openSidebar')} icon={PanelLeft} onClick={showSidebar} />
        )}
        {leading}
        {heading ?? <h1 className={css.title}>{title}</h1>}
        <div className={css.tools} data-none={!tools || undefined}>
          {painted && tools}
        </div>
        {actions && <div className={css.actions}>{painted && actions}</div>}
      </header>
      <div className={css.content} data-fill={fill || undefined} data-part="content">
        {children}
      </div>
    </SplitPane>
  );
}

/** A narrow column for reading and forms within a page. */
export function PageColumn({ children }: { children: ReactNode }) {
  return <div className={css.column}>{children}</div>;
}

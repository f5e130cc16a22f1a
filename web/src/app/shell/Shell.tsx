import { PanelLeft } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { usePainted } from '@/lib/first-paint.ts';
import { t } from '@/lib/i18n.ts';
import { lazyPart } from '@/lib/lazy-part.ts';
import { phoneQuery, useMediaQuery } from '@/lib/media.ts';
import { isViewPath } from '@/lib/routes.ts';
import { readStored, writeStored } from '@/lib/storage.ts';
import { ErrorBoundary } from '@/ui/ErrorBoundary.tsx';
import { ShellContext } from '@/ui/shell-context.ts';
import type { DrawerProps } from './Drawer.tsx';
import type { SidebarModel } from './model.ts';
import css from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';

/** The drawer of a phone, which floats and comes with what does. */
const Drawer = lazyPart<DrawerProps>(() => import('./Drawer.tsx'));

const collapsedKey = 'cairn.sidebar';

/** The frame around every page: the sidebar, and the page. On a phone the sidebar comes as a drawer. */
export function Shell({ model, children }: { model: SidebarModel; children: ReactNode }) {
  const phone = useMediaQuery(phoneQuery);
  const painted = usePainted();
  const [collapsed, setCollapsed] = useState(() => readStored(collapsedKey) === 'hidden');
  const [path] = useLocation();
  // The drawer is open for one address: going elsewhere closes it.
  const [drawerAt, setDrawerAt] = useState<string>();
  const drawer = drawerAt === path;
  const setDrawer = useCallback(
    (open: boolean) => {
      if (open) Drawer.whenThere(() => setDrawerAt(path));
      else setDrawerAt(undefined);
    },
    [path],
  );
  // Once it was open it stays, to slide out too.
  const [drawn, setDrawn] = useState(false);
  if (drawer && !drawn) setDrawn(true);
  const main = useRef<HTMLElement>(null);
  useArrival(main, path);

  const actions = useMemo<Action[]>(() => {
    const toggle = () => {
      if (phone) setDrawer(!drawer);
      else setCollapsed((last) => remember(!last));
    };
    return [
      {
        id: 'app.sidebar',
        title: 'actions.sidebar',
        section: 'view',
        icon: PanelLeft,
        shortcut: '$mod+\\',
        anywhere: true,
        run: toggle,
      },
      {
        id: 'app.nextPart',
        title: 'actions.nextPart',
        section: 'navigate',
        shortcut: 'F6',
        anywhere: true,
        unlisted: true,
        run: () => goToPart(1),
      },
      {
        id: 'app.previousPart',
        title: 'actions.previousPart',
        section: 'navigate',
        shortcut: 'Shift+F6',
        anywhere: true,
        unlisted: true,
        run: () => goToPart(-1),
      },
    ];
  }, [phone, drawer, setDrawer]);
  useActions(actions);

  const shell = useMemo(
    () => ({
      sidebarHidden: phone || collapsed,
      showSidebar: () => (phone ? setDrawer(true) : setCollapsed(remember(false))),
    }),
    [phone, collapsed, setDrawer],
  );
  const hide = () => (phone ? setDrawer(false) : setCollapsed(remember(true)));
  return (
    <ShellContext value={shell}>
      <a className={css.skip} href="#main">
        {t('shell.skip')}
      </a>
      {isViewPath(path) && (
        <button type="button" className={css.skip} onClick={() => void goToPart(0)}>
          {t('shell.skipToView')}
        </button>
      )}
      <div className={css.shell}>
        {phone && drawn && (
          <Drawer open={drawer} onOpenChange={setDrawer} label={t('shell.sidebar')}>
            <Sidebar model={model} onHide={hide} onLeave={hide} />
          </Drawer>
        )}
        {!phone && !collapsed && (
          <aside className={css.sidebar} aria-label={t('shell.sidebar')} data-part="sidebar">
            {painted && <Sidebar model={model} onHide={hide} />}
          </aside>
        )}
        <main ref={main} id="main" className={css.main} tabIndex={-1}>
          <ErrorBoundary resetKey={path}>{children}</ErrorBoundary>
        </main>
      </div>
    </ShellContext>
  );
}

/** Moves the focus to the next or previous part of the page, or (0) to its content. */
async function goToPart(by: 1 | -1 | 0): Promise<void> {
  (await import('./parts.ts')).goToPart(by);
}

function remember(collapsed: boolean): boolean {
  writeStored(collapsedKey, collapsed ? 'hidden' : null);
  return collapsed;
}

/** Puts the focus on the page after a change of address that has left it nowhere, so that Tab and reading go on there. */
function useArrival(main: React.RefObject<HTMLElement | null>, path: string): void {
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [main, path]);
}

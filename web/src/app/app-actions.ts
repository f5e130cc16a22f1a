import { House, Inbox, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { paths } from '@/lib/routes.ts';
import { currentTheme, setTheme } from '@/lib/theme.ts';

/** The commands that exist on every page. */
export function useAppActions(): void {
  const [, go] = useLocation();
  const actions = useMemo<Action[]>(
    () => [
      {
        id: 'app.home',
        title: 'actions.home',
        section: 'navigate',
        icon: House,
        shortcut: 'g h',
        run: () => go(paths.home()),
      },
      {
        id: 'app.inbox',
        title: 'actions.inbox',
        section: 'navigate',
        icon: Inbox,
        shortcut: 'g n',
        run: () => go(paths.inbox()),
      },
      {
        id: 'app.settings',
        title: 'actions.settings',
        section: 'navigate',
        icon: Settings,
        shortcut: 'g s',
        run: () => go(paths.settings('account')),
      },
      {
        id: 'app.theme.light',
        title: 'actions.theme.light',
        section: 'general',
        icon: Sun,
        when: () => currentTheme() !== 'light',
        run: () => setTheme('light'),
      },
      {
        id: 'app.theme.dark',
        title: 'actions.theme.dark',
        section: 'general',
        icon: Moon,
        when: () => currentTheme() !== 'dark',
        run: () => setTheme('dark'),
      },
      {
        id: 'app.theme.system',
        title: 'actions.theme.system',
        section: 'general',
        icon: Monitor,
        when: () => currentTheme() !== 'system',
        run: () => setTheme('system'),
      },
    ],
    [go],
  );
  useActions(actions);
}

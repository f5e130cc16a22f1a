import { Keyboard, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { useLocation } from 'wouter';
import { useRegistry } from '@/actions/react.tsx';
import { keysAction } from '@/features/commands/Commands.tsx';
import { t } from '@/lib/i18n.ts';
import { paths } from '@/lib/routes.ts';
import { setTheme, type Theme, useTheme } from '@/lib/theme.ts';
import { useSignOut } from '@/sync/session.tsx';
import { Avatar } from '@/ui/Avatar.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { toast } from '@/ui/Toast.tsx';
import css from './AccountMenu.module.css';
import type { SidebarModel } from './model.ts';

const themes: { id: Theme; icon: typeof Sun }[] = [
  { id: 'system', icon: Monitor },
  { id: 'light', icon: Sun },
  { id: 'dark', icon: Moon },
];

/** Who is signed in, with what concerns them: settings, theme, keys, signing out. */
export function AccountMenu({ person }: { person: SidebarModel['person'] }) {
  const registry = useRegistry();
  const theme = useTheme();
  const signOut = useSignOut();
  const [, go] = useLocation();
  const leave = () => signOut().catch((error: Error) => toast({ title: error.message, tone: 'error' }));
  const items: MenuEntry[] = [
    {
      id: 'settings',
      label: t('shell.settings'),
      icon: Settings,
      onSelect: () => go(paths.settings('account')),
    },
    {
      id: 'keys',
      label: t('actions.keys'),
      icon: Keyboard,
      shortcut: 'Shift+?',
      onSelect: () => registry.run(keysAction),
    },
    {
      kind: 'submenu',
      id: 'theme',
      label: t('shell.theme'),
      icon: themes.find((each) => each.id === theme)?.icon,
      items: themes.map(({ id, icon }) => ({
        id,
        icon,
        label: t(`shell.theme.${id}`),
        checked: id === theme,
        onSelect: () => setTheme(id),
      })),
    },
    { kind: 'separator', id: 'line' },
    { id: 'signOut', label: t('actions.signOut'), icon: LogOut, onSelect: () => void leave() },
  ];
  return (
    <div className={css.account}>
      <Menu
        side="top"
        items={items}
        trigger={
          <button type="button" className={css.trigger}>
            <span className="visually-hidden">{t('shell.account')}: </span>
            <Avatar name={person.name} size={24} decorative />
            <span className={css.name}>{person.name}</span>
          </button>
        }
      />
    </div>
  );
}

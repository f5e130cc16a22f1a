import { Keyboard, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useActions } from '@/actions/react.tsx';
import type { Action } from '@/actions/types.ts';
import { holdKeys } from '@/lib/hold-keys.ts';

const Palette = lazy(() => import('./Palette.tsx'));
const KeysHelp = lazy(() => import('./KeysHelp.tsx'));

type Shown = 'palette' | 'keys' | null;

/** The ids of the two commands, for buttons that run them. */
export const paletteAction = 'app.palette';
/** Opens the list of keys. */
export const keysAction = 'app.keys';

/** The palette and the list of keys, with the commands that open them; once, in the app. */
export function Commands() {
  const [shown, setShown] = useState<Shown>(null);
  const actions = useMemo<Action[]>(
    () => [
      {
        id: paletteAction,
        title: 'actions.palette',
        section: 'general',
        icon: Search,
        shortcut: '$mod+k',
        anywhere: true,
        unlisted: true,
        run: () => setShown((last) => (last === 'palette' ? null : 'palette')),
      },
      {
        id: keysAction,
        title: 'actions.keys',
        section: 'general',
        icon: Keyboard,
        shortcut: ['Shift+?', '?'],
        run: () => setShown('keys'),
      },
    ],
    [],
  );
  useActions(actions);
  useEffect(() => (shown === null ? undefined : holdKeys()), [shown]);
  const close = () => setShown(null);
  return (
    <Suspense>
      {shown === 'palette' && <Palette onClose={close} />}
      {shown === 'keys' && <KeysHelp onClose={close} />}
    </Suspense>
  );
}

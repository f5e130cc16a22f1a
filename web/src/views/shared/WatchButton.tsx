import { Bell, BellRing } from 'lucide-react';
import { formatList } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useSetWatch, useWatchers, type Watched } from '@/sync/inbox.ts';
import { useOptionalProject } from '@/sync/project.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';

const named = 5;

/** One button to hear of a thing or not; its label says who does. */
export function WatchButton({ what }: { what: Watched }) {
  const { data } = useWatchers(what);
  const set = useSetWatch(what);
  const project = useOptionalProject();
  const on = data?.watching ?? false;
  const names = (data?.watchers ?? []).flatMap((id) => project?.person(id)?.name ?? []);
  const more = names.length - named;
  const shown = more > 0 ? [...names.slice(0, named), t('inbox.watch.more', { count: more })] : names;
  const verb = t(on ? 'inbox.watch.stop' : 'inbox.watch.start');
  const label = shown.length > 0 ? `${verb} · ${t('inbox.watch.by', { names: formatList(shown) })}` : verb;
  const toggle = async () => {
    try {
      await set(!on);
      toast({ id: 'watch', title: t(on ? 'inbox.watch.stopped' : 'inbox.watch.started') });
    } catch (error) {
      toastFailure(error);
    }
  };
  return (
    <IconButton
      label={label}
      icon={on ? BellRing : Bell}
      pressed={on}
      disabled={!data}
      onClick={() => void toggle()}
    />
  );
}

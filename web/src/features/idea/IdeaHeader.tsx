import { ChevronDown, ChevronUp, Ellipsis, Link, Maximize2, X } from 'lucide-react';
import { useRegistry } from '@/actions/react.tsx';
import { menuItems } from '@/actions/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Badge } from '@/ui/Badge.tsx';
import { IconButton } from '@/ui/Button.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import Present from '@/views/shared/presence/Present.tsx';
import { WatchButton } from '@/views/shared/WatchButton.tsx';
import css from './IdeaPanel.module.css';
import type { OpenIdea } from './use-idea-actions.ts';

/** The panel's top line: the idea's key and its tools. */
export function IdeaHeader({ idea }: { idea: OpenIdea }) {
  const { isSample } = useProject();
  return (
    <header className={css.header}>
      <span className={css.key}>{idea.key}</span>
      {isSample(idea.id) && <Badge>{t('ui.sample')}</Badge>}
      {idea.archived && <Badge>{t('idea.archivedBadge')}</Badge>}
      <IdeaTools idea={idea} />
    </header>
  );
}

/** What can be done with the idea as a whole, as buttons and a menu. */
export function IdeaTools({ idea }: { idea: OpenIdea }) {
  const registry = useRegistry();
  const entries = (): MenuEntry[] => {
    const safe = menuItems(registry, ['idea.copyLink', 'idea.full', 'idea.archive']);
    const harm = menuItems(registry, ['idea.delete']);
    return harm.length > 0 ? [...safe, { kind: 'separator', id: 'line' }, ...harm] : safe;
  };
  return (
    <span className={css.tools}>
      <Present at={{ idea: idea.id }} />
      {idea.onStep && (
        <>
          <IconButton
            label={t('idea.action.previous')}
            icon={ChevronUp}
            shortcut="k"
            onClick={() => idea.onStep?.(-1)}
          />
          <IconButton
            label={t('idea.action.next')}
            icon={ChevronDown}
            shortcut="j"
            onClick={() => idea.onStep?.(1)}
          />
        </>
      )}
      <WatchButton what={{ idea: idea.id }} />
      <IconButton
        label={t('idea.action.copyLink')}
        icon={Link}
        shortcut="$mod+Shift+c"
        onClick={() => registry.run('idea.copyLink')}
      />
      {!idea.full && (
        <IconButton
          label={t('idea.action.full')}
          icon={Maximize2}
          onClick={() => registry.run('idea.full')}
        />
      )}
      <Menu align="end" trigger={<IconButton label={t('idea.more')} icon={Ellipsis} />} items={entries()} />
      {idea.onClose && (
        <IconButton label={t('shell.closePanel')} icon={X} shortcut="Escape" onClick={idea.onClose} />
      )}
    </span>
  );
}

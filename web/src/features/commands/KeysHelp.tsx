import '@/lib/messages/later/keys.ts';
import { useState } from 'react';
import { useAllActions } from '@/actions/react.tsx';
import { shortcutsOf, titleOf } from '@/actions/registry.ts';
import { fuzzyFilter } from '@/actions/search.ts';
import { type Action, sections } from '@/actions/types.ts';
import { t } from '@/lib/i18n.ts';
import { shortcutKeys } from '@/lib/keys.ts';
import { Dialog } from '@/ui/Dialog.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { TextField } from '@/ui/TextField.tsx';
import css from './KeysHelp.module.css';
import { viewKeys } from './view-keys.ts';

/** The ways to press a command's keys that look different on this keyboard. */
function waysOf(action: Action): string[] {
  const ways = new Map(shortcutsOf(action).map((shortcut) => [shortcutKeys(shortcut).join(' '), shortcut]));
  return [...ways.values()];
}

/** Lists every key that does something here, under its heading. */
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const keyed = useAllActions().filter((action) => shortcutsOf(action).length > 0);
  const found = fuzzyFilter(keyed, query, (action) => titleOf(action));
  const inViews = viewKeys
    .map((group) => ({ ...group, rows: fuzzyFilter(group.rows, query, ({ label }) => t(label)) }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('keys.help.title')} size="medium">
      <TextField
        value={query}
        onValueChange={setQuery}
        placeholder={t('keys.help.search')}
        aria-label={t('keys.help.search')}
      />
      <div className={css.groups}>
        {sections.map((section) => {
          const actions = found.filter((action) => action.section === section);
          if (actions.length === 0) return null;
          return (
            <section key={section} className={css.group}>
              <h3 className={css.heading}>{t(`actions.section.${section}`)}</h3>
              <dl>
                {actions.map((action) => (
                  <div key={action.id} className={css.row}>
                    <dt>{titleOf(action)}</dt>
                    <dd className={css.keys}>
                      {waysOf(action).map((shortcut) => (
                        <Kbd key={shortcut} keys={shortcut} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      {inViews.map(({ id, title, rows }) => (
        <section key={id} className={css.group}>
          <h3 className={css.heading}>{t(title)}</h3>
          <dl>
            {rows.map(({ label, keys }) => (
              <div key={label} className={css.row}>
                <dt>{t(label)}</dt>
                <dd className={css.keys}>
                  {keys.map((shortcut) => (
                    <Kbd key={shortcut} keys={shortcut} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {found.length + inViews.length === 0 && <p className={css.none}>{t('ui.noMatches', { query })}</p>}
    </Dialog>
  );
}

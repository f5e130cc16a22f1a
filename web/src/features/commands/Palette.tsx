import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import css from './Palette.module.css';
import type { PaletteItem } from './results.ts';
import { type Results, useResults } from './use-results.ts';

/** Finds ideas, views and projects, and runs any command. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('');
  const results = useResults(query);
  const items = results.groups.flatMap((group) => group.items);
  const [activeKey, setActiveKey] = useState<string>();
  const found = items.findIndex((item) => item.key === activeKey);
  const active = Math.max(0, found);
  const list = useId();

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    if (step !== 0) setActiveKey(items[(active + step + items.length) % items.length]?.key);
    else if (event.key === 'Enter') choose(items[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.backdrop} />
        <Dialog.Popup className={css.popup} data-hotkeys="off" aria-label={t('actions.palette')}>
          <div className={css.search}>
            <Icon of={Search} />
            <input
              className={css.input}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setActiveKey(undefined);
              }}
              onKeyDown={onKeyDown}
              placeholder={t('palette.placeholder')}
              aria-label={t('actions.palette')}
              role="combobox"
              aria-expanded="true"
              aria-controls={list}
              aria-autocomplete="list"
              aria-activedescendant={items[active] && `${list}-${active}`}
              spellCheck={false}
              autoComplete="off"
            />
            <Kbd keys="Escape" />
          </div>
          <List
            id={list}
            results={results}
            items={items}
            active={active}
            onHover={setActiveKey}
            onChoose={choose}
          />
          <Outcome results={results} query={query} count={items.length} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ListProps {
  id: string;
  results: Results;
  items: PaletteItem[];
  active: number;
  onHover: (key: string) => void;
  onChoose: (item: PaletteItem) => void;
}

function List({ id, results, items, active, onHover, onChoose }: ListProps) {
  const box = useRef<HTMLDivElement>(null);
  const activeKey = items[active]?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another line becomes the active one
  useEffect(() => {
    const line = box.current?.querySelector('[aria-selected="true"]');
    // The heading above the first line comes into sight with it.
    const first = line?.parentElement?.querySelector('[role="option"]') === line;
    (first ? line?.parentElement : line)?.scrollIntoView({ block: 'nearest' });
  }, [activeKey]);
  return (
    <div
      ref={box}
      id={id}
      className={css.list}
      role="listbox"
      aria-label={t('actions.section.results')}
      tabIndex={-1}
    >
      {results.groups.map((group) => (
        <div key={group.id} role="group" aria-label={group.title}>
          <div className={css.heading} aria-hidden="true">
            {group.title}
          </div>
          {group.items.map((item) => {
            const at = items.indexOf(item);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the line of input has the keys and names the active option
              <div
                key={item.key}
                id={`${id}-${at}`}
                role="option"
                tabIndex={-1}
                aria-selected={at === active}
                className={css.item}
                onPointerMove={() => at !== active && onHover(item.key)}
                onClick={() => onChoose(item)}
              >
                {item.icon && <Icon of={item.icon} />}
                <span className={css.title}>{item.title}</span>
                {item.hint && <span className={css.hint}>{item.hint}</span>}
                {item.shortcut && <Kbd keys={item.shortcut} />}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function Outcome({ results, query, count }: { results: Results; query: string; count: number }) {
  if (results.failure) {
    return (
      <p className={css.failure} role="alert">
        {t('palette.failed', { reason: results.failure })}
      </p>
    );
  }
  const nothing = count === 0;
  const text = nothing
    ? results.pending
      ? t('palette.searching')
      : t('palette.empty', { query })
    : t('palette.count', { n: count });
  return (
    <p className={nothing ? css.nothing : 'visually-hidden'} role="status">
      {text}
    </p>
  );
}

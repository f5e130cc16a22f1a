import { ArrowLeft, ArrowRight, CalendarX, Crosshair, ExternalLink, Workflow } from 'lucide-react';
import { precisions } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { Dialog } from '@/ui/Dialog.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { Connections } from '../shared/Connections.tsx';
import css from './BarMenu.module.css';
import type { Entry } from './lanes.ts';
import { partsOf } from './scale.ts';
import { stepped, widen } from './spans.ts';
import type { Timeline } from './use-timeline.ts';

function entriesOf(timeline: Timeline, entry: Entry, connect: () => void): MenuEntry[] {
  const { edits, view, dates } = timeline;
  const { row, span } = entry;
  const { snap } = partsOf(view.perDay);
  const step = (id: string, what: 'move' | 'start' | 'end', by: 1 | -1, shortcut: string): MenuEntry => ({
    id: `${id}${by}`,
    label: t(`timeline.menu.${what}${by > 0 ? 'Later' : 'Earlier'}`),
    icon: by > 0 ? ArrowRight : ArrowLeft,
    shortcut,
    disabled: edits.locked !== undefined,
    onSelect: () => void edits.put(row, stepped(span, by, what, snap)),
  });
  return [
    {
      id: 'open',
      label: t('timeline.menu.open'),
      icon: ExternalLink,
      shortcut: 'Enter',
      onSelect: () => timeline.open(row),
    },
    { kind: 'separator', id: 'a' },
    step('move', 'move', 1, 'Shift+ArrowRight'),
    step('move', 'move', -1, 'Shift+ArrowLeft'),
    step('end', 'end', 1, 'Alt+ArrowRight'),
    step('end', 'end', -1, 'Alt+ArrowLeft'),
    step('start', 'start', 1, 'Alt+Shift+ArrowRight'),
    step('start', 'start', -1, 'Alt+Shift+ArrowLeft'),
    ...(dates?.start.type === 'interval' && !dates.end
      ? [
          {
            kind: 'submenu' as const,
            id: 'precision',
            label: t('timeline.menu.precision'),
            icon: Crosshair,
            items: precisions.map((precision) => ({
              id: precision,
              label: t(`timeline.precision.${precision}`),
              checked: span.precision === precision,
              disabled: edits.locked !== undefined,
              onSelect: () => void edits.put(row, widen(span, precision)),
            })),
          },
        ]
      : []),
    { kind: 'separator', id: 'b' },
    { id: 'links', label: t('timeline.menu.links'), icon: Workflow, onSelect: connect },
    {
      id: 'clear',
      label: t('timeline.menu.clear'),
      icon: CalendarX,
      disabled: edits.locked !== undefined,
      onSelect: () => void edits.clear(row),
    },
  ];
}

/** Props of BarMenu. */
export interface BarMenuProps {
  timeline: Timeline;
  entry: Entry;
  onConnect: (entry: Entry) => void;
}

/** Everything that can be done to a bar without a mouse. */
export function BarMenu({ timeline, entry, onConnect }: BarMenuProps) {
  const { view, lanes, rowHeight } = timeline;
  const top = lanes.lineOf.get(entry.position)?.top ?? 0;
  const x = Math.max(view.x(entry.span.start), view.sight.get().x0 + 120);
  const close = () => {
    timeline.openMenu(null);
    timeline.choose(entry);
  };
  return (
    <div className={css.anchor} style={{ transform: `translate(${x}px, ${top}px)`, blockSize: rowHeight }}>
      <Menu
        open
        onOpenChange={(open) => !open && close()}
        trigger={<button type="button" className={css.trigger} aria-label={t('timeline.menu')} />}
        items={entriesOf(timeline, entry, () => onConnect(entry))}
      />
    </div>
  );
}

/** The dependencies of an idea, to read and edit by keys. */
export function LinksDialog({
  timeline,
  entry,
  onClose,
}: {
  timeline: Timeline;
  entry: Entry;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('timeline.links', { title: String(entry.row.values.title ?? '') })}
      description={t('timeline.links.how')}
    >
      <Connections idea={entry.row.id} only="dependencies" onOpen={timeline.props.onOpen} />
    </Dialog>
  );
}

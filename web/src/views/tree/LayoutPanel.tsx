import '@/lib/messages/later/tree.ts';
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Plus, X } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { Select } from '@/ui/Select.tsx';
import { Switch } from '@/ui/Switch.tsx';
import type { LayoutProps } from '../types.ts';
import { directionOf, directions, layoutOf, sumOps, withTree } from './definition.ts';
import css from './panels.module.css';

const icons = { right: ArrowRight, left: ArrowLeft, down: ArrowDown, up: ArrowUp };
/** Field types that children can be summed up by. */
const summable = new Set([
  'number',
  'rating',
  'slider',
  'checkbox',
  'select',
  'multi_select',
  'formula',
  'votes',
  'evidence',
]);

/** What shapes a tree: its direction, outline or drawing, the tray, the roll-ups on its cards. */
export default function LayoutPanel({ definition, onChange }: LayoutProps) {
  const { fields } = useProject();
  const layout = layoutOf(definition);
  const rollups = layout.rollups ?? [];
  const set = (change: Parameters<typeof withTree>[1]) => onChange(withTree(definition, change));
  const numbers = fields.filter((field) => summable.has(field.type));
  const first = numbers[0];
  const change = (at: number, part: Partial<(typeof rollups)[number]>) =>
    set({ rollups: rollups.map((each, n) => (n === at ? { ...each, ...part } : each)) });
  return (
    <div className={css.panel}>
      <strong className={css.panelName}>{t('tree.direction')}</strong>
      <Segments
        label={t('tree.direction')}
        iconOnly
        options={directions.map((each) => ({
          value: each,
          label: t(`tree.direction.${each}`),
          icon: icons[each],
        }))}
        value={directionOf(layout)}
        onValueChange={(direction) => set({ direction })}
      />
      <Switch
        label={t('tree.asOutline')}
        checked={layout.outline === true}
        onCheckedChange={(on) => set({ outline: on || undefined })}
      />
      {!layout.outline && (
        <Switch
          label={t('tree.links')}
          hint={t('tree.linksHow')}
          checked={layout.links === true}
          onCheckedChange={(on) => set({ links: on || undefined })}
        />
      )}
      <Switch
        label={t('tree.tray')}
        checked={!layout.noTray}
        onCheckedChange={(on) => set({ noTray: !on || undefined })}
      />
      <strong className={css.panelName}>{t('tree.rollups')}</strong>
      {rollups.map((each, at) => (
        <div key={`${each.op} ${each.field}`} className={css.rollup}>
          <Select
            aria-label={t('tree.rollup.op')}
            options={sumOps.map((op) => ({ value: op, label: t(`tree.op.${op}`) }))}
            value={sumOps.find((op) => op === each.op) ?? 'sum'}
            onValueChange={(op) => change(at, { op })}
          />
          <Select
            aria-label={t('tree.rollup.field')}
            options={numbers.map((field) => ({ value: field.ref, label: field.name }))}
            value={each.field}
            onValueChange={(field) => change(at, { field })}
          />
          <IconButton
            label={t('tree.rollup.remove')}
            icon={X}
            size="tiny"
            onClick={() => set({ rollups: rollups.filter((_, n) => n !== at) })}
          />
        </div>
      ))}
      {first && rollups.length < 10 && (
        <Button
          tone="ghost"
          icon={Plus}
          onClick={() => set({ rollups: [...rollups, { op: 'sum', field: first.ref }] })}
        >
          {t('tree.rollup.add')}
        </Button>
      )}
    </div>
  );
}

import '@/lib/messages/later/matrix.ts';
import { ArrowLeftRight, RotateCcw } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { Combobox } from '@/ui/Combobox.tsx';
import { Switch } from '@/ui/Switch.tsx';
import type { LayoutProps } from '../types.ts';
import settings from './AxisSettings.module.css';
import { AxisSettings } from './AxisSettings.tsx';
import { colorFields, numberFields, planOf, withMatrix } from './definition.ts';
import css from './LayoutPanel.module.css';
import { swapped } from './quadrant-names.ts';

/** What shapes a matrix: its axes, what size and colour mean, the quadrants. */
export default function LayoutPanel(props: LayoutProps) {
  const { definition, onChange } = props;
  const { allFields, field } = useProject();
  const plan = planOf(definition, allFields);
  const { layout } = plan;
  const full = { ...layout, x: { ...layout.x, field: plan.x?.ref }, y: { ...layout.y, field: plan.y?.ref } };
  const set = (change: Parameters<typeof withMatrix>[1]) => onChange(withMatrix(definition, change));
  const group = definition.query.group?.[0]?.field;
  const plain = group
    ? t('matrix.color.noneGroup', { field: field(group)?.name ?? '' })
    : t('matrix.color.none');
  const asOption = (each: (typeof allFields)[number]) => ({
    value: each.ref,
    label: each.name,
    icon: typeOf(each).icon,
  });
  const { quadrants } = layout;
  return (
    <div className={css.panel}>
      <AxisSettings {...props} which="y" heading />
      <AxisSettings {...props} which="x" heading />
      <Button tone="ghost" icon={ArrowLeftRight} className={css.start} onClick={() => set(swapped(full))}>
        {t('matrix.axis.swap')}
      </Button>
      <div className={settings.settings}>
        <strong className={settings.name}>{t('matrix.size')}</strong>
        <Combobox
          label={t('matrix.size')}
          placeholder={t('matrix.size.none')}
          options={numberFields(allFields).map(asOption)}
          value={plan.size?.ref ?? null}
          onValueChange={(size) => set({ size: size ?? undefined })}
        />
      </div>
      <div className={settings.settings}>
        <strong className={settings.name}>{t('matrix.color')}</strong>
        <Combobox
          label={t('matrix.color')}
          placeholder={plain}
          options={colorFields(allFields).map(asOption)}
          value={layout.color ?? null}
          onValueChange={(color) => set({ color: color ?? undefined })}
        />
      </div>
      <div className={settings.row}>
        <Switch
          label={t('matrix.quadrants')}
          checked={!quadrants?.off}
          onCheckedChange={(on) => set({ quadrants: { ...quadrants, off: !on || undefined } })}
        />
        {quadrants && Object.keys(quadrants).some((key) => key !== 'off') && (
          <Button tone="ghost" icon={RotateCcw} onClick={() => set({ quadrants: undefined })}>
            {t('matrix.quadrants.reset')}
          </Button>
        )}
      </div>
    </div>
  );
}

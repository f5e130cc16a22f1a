import { t } from '@/lib/i18n.ts';
import { derivedTypeNames } from '@/sync/types.ts';
import { Switch } from '@/ui/Switch.tsx';
import type { FieldDraft } from './field-draft.ts';
import css from './project.module.css';

interface FieldSwitchesProps {
  draft: FieldDraft;
  locked: boolean;
  onChange: (part: Partial<FieldDraft>) => void;
}

/** Where a field is shown and who may change its values. */
export function FieldSwitches({ draft, locked, onChange }: FieldSwitchesProps) {
  return (
    <div className={css.switches}>
      <Switch
        checked={draft.pinned}
        onCheckedChange={(pinned) => onChange({ pinned })}
        label={t('project.field.pin')}
        hint={t('project.field.pinHint')}
        disabled={locked}
      />
      <Switch
        checked={draft.hidden}
        onCheckedChange={(hidden) => onChange({ hidden })}
        label={t('project.field.hide')}
        hint={t('project.field.hideHint')}
        disabled={locked}
      />
      {!derivedTypeNames.includes(draft.type) && (
        <Switch
          checked={draft.open}
          onCheckedChange={(open) => onChange({ open })}
          label={t('project.field.openTo')}
          hint={t('project.field.openHint')}
          disabled={locked}
        />
      )}
    </div>
  );
}

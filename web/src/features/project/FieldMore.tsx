import { useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { derivedTypeNames, type FieldInfo } from '@/sync/types.ts';
import { FieldFormats } from './FieldFormats.tsx';
import { FieldRules } from './FieldRules.tsx';
import type { FieldDraft } from './field-draft.ts';
import css from './project.module.css';

interface FieldMoreProps {
  /** The field as it is saved; absent for a new one. */
  field: FieldInfo | undefined;
  draft: FieldDraft;
  locked: boolean;
  onChange: (part: Partial<FieldDraft>) => void;
}

/** What few fields need: rules for their values, and marks. Open when there is something. */
export function FieldMore({ field, draft, locked, onChange }: FieldMoreProps) {
  const [ruled] = useState(() => Object.keys(draft.rules).length > 0);
  const [marked] = useState(() => draft.formats.length > 0);
  // The parts work with the field as it is being written, options included.
  const written: FieldInfo = {
    ref: field?.ref ?? '',
    name: draft.name || t('project.field.add'),
    type: draft.type,
    options: draft.options,
    number: draft.number,
    position: 0,
  };
  return (
    <>
      {!derivedTypeNames.includes(draft.type) && (
        <details className={css.more} open={ruled || undefined}>
          <summary>{t('project.rules')}</summary>
          <FieldRules
            field={written}
            rules={draft.rules}
            locked={locked}
            onChange={(rules) => onChange({ rules })}
          />
        </details>
      )}
      <details className={css.more} open={marked || undefined}>
        <summary>{t('project.formats')}</summary>
        <FieldFormats
          field={written}
          formats={draft.formats}
          locked={locked}
          onChange={(formats) => onChange({ formats })}
        />
      </details>
    </>
  );
}

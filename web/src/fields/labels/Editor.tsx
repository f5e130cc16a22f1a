import { useState } from 'react';
import { colorOf } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Picker } from '@/ui/Combobox.tsx';
import { PopupEditor } from '../PopupEditor.tsx';
import { textList } from '../text.ts';
import type { EditorProps } from '../types.ts';

/** The labels of this field in the ideas that are loaded here, by name. */
function useKnownLabels(ref: string): string[] {
  const { session } = useProject();
  const [known] = useState(() => {
    const found = new Set<string>();
    for (const window of session.windows)
      for (const { row } of window.loaded()) for (const label of textList(row.values[ref])) found.add(label);
    return [...found].sort((a, b) => a.localeCompare(b));
  });
  return known;
}

/** Its editor, beside the cell. */
export default function Editor({ field, value, anchor, onCommit }: EditorProps) {
  const [labels, setLabels] = useState<readonly string[]>(textList(value));
  const known = useKnownLabels(field.ref);
  const options = [...new Set([...known, ...labels])].map((label) => ({
    value: label,
    label,
    color: colorOf(label),
  }));
  return (
    <PopupEditor
      label={field.name}
      anchor={anchor}
      onLeave={() => onCommit(labels.length > 0 ? labels : null, 'stay')}
      flush
    >
      <Picker
        label={field.name}
        multiple
        options={options}
        values={labels}
        placeholder={t('field.searchOrCreate')}
        emptyText={t('field.noLabels')}
        onCreate={(name) => setLabels([...labels, name])}
        onValuesChange={setLabels}
      />
    </PopupEditor>
  );
}

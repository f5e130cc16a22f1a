import { t } from '@/lib/i18n.ts';
import { ChoiceList } from './ChoiceList.tsx';

/** Who may do what in a project without a role of their own. */
export type AccessLevel = 'open' | 'limited' | 'private';

/** The access level in a text from the server. */
export function accessOf(text: string): AccessLevel {
  return text === 'limited' || text === 'private' ? text : 'open';
}

/** Props of AccessChoice. */
export interface AccessChoiceProps {
  value: AccessLevel;
  onValueChange: (value: AccessLevel) => void;
  disabled?: boolean;
}

/** Chooses what people of the workspace may do in a project. */
export function AccessChoice({ value, onValueChange, disabled }: AccessChoiceProps) {
  return (
    <ChoiceList
      label={t('project.access')}
      value={value}
      onValueChange={onValueChange}
      disabled={disabled}
      choices={[
        { value: 'open', label: t('project.access.open'), text: t('project.access.openText') },
        { value: 'limited', label: t('project.access.limited'), text: t('project.access.limitedText') },
        { value: 'private', label: t('project.access.private'), text: t('project.access.privateText') },
      ]}
    />
  );
}

import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import css from './fields.module.css';
import { formatIcon, formatIcons } from './format-icons.ts';

/** The mark that a format of a field sets in front of a value; nothing when there is none. */
export function FormatMark({ name }: { name: string | undefined }) {
  const icon = formatIcon(name);
  if (!icon) return null;
  return (
    <span className={css.formatMark} role="img" aria-label={t(`field.icon.${icon}`)}>
      <Icon of={formatIcons[icon]} size={14} />
    </span>
  );
}

import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { fieldType } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { restoreField } from '@/sync/calls.ts';
import { fieldInfo } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Icon } from '@/ui/Icon.tsx';
import order from '@/views/shared/order/order.module.css';
import { getDeletedFields } from './calls.ts';
import { typeName } from './field-types.ts';
import css from './project.module.css';
import { useSave } from './use-save.ts';

/** Deleted fields, which can be brought back with their values. */
export function DeletedFields() {
  const { project, fields } = useProject();
  const { failure, save, busy } = useSave();
  // The number of live fields is part of the key: it changes whenever one is deleted or brought back.
  const { data } = useQuery({
    queryKey: ['deleted-fields', project.key, fields.map((field) => field.ref).join()],
    queryFn: ({ signal }) => getDeletedFields(project.key, signal),
    placeholderData: (last) => last,
  });
  if (!data || data.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="deleted-fields">
      <h2 id="deleted-fields" className={css.sectionTitle}>
        {t('project.deletedFields')}
      </h2>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      <ul className={css.list}>
        {data.map(fieldInfo).map((field) => (
          <li key={field.ref} className={order.line}>
            <span className={order.grow}>
              <Icon of={fieldType(field.type).icon} />
              <span className={css.name}>{field.name}</span>
              <span className={css.quiet}>{typeName(field.type)}</span>
            </span>
            <Button icon={RotateCcw} busy={busy} onClick={() => void save(() => restoreField(field.id ?? 0))}>
              {t('project.field.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { SquareKanban } from 'lucide-react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import type { ViewProps } from '../types.ts';
import css from './ChooseColumns.module.css';
import { groupingBy, useColumnFields } from './column-fields.ts';

const offered = 6;

/** Stands where a board has no columns yet: asks which field gives them. */
export function ChooseColumns({ definition, onChange }: ViewProps) {
  const fields = useColumnFields();
  const { field } = useProject();
  const { query } = definition;
  return (
    <div className={css.choose}>
      <EmptyState
        icon={SquareKanban}
        title={t('board.choose')}
        actions={
          <div className={css.choices}>
            {fields.slice(0, offered).map((each) => (
              <Button
                key={each.ref}
                icon={typeOf(each).icon}
                onClick={() => {
                  const rest = (query.group ?? []).filter(
                    (group) => field(group.field) && group.field !== each.ref,
                  );
                  onChange({ query: { ...query, group: [groupingBy(each), ...rest].slice(0, 2) } });
                }}
              >
                {each.name}
              </Button>
            ))}
          </div>
        }
      >
        {t('board.chooseText')}
      </EmptyState>
    </div>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { client, send } from '@/api/client.ts';
import { t } from '@/lib/i18n.ts';
import { headersOf } from '@/sync/calls.ts';
import { evidenceKey } from '@/sync/insights-live.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';
import { SelectedBar } from '@/views/shared/SelectedBar.tsx';

/** Props of CustomerBar. */
export interface CustomerBarProps {
  selected: ReadonlySet<number>;
  onClear: () => void;
}

/** What can be done with the selected customers, over the foot of the grid. */
export function CustomerBar({ selected, onClear }: CustomerBarProps) {
  const { session } = useProject();
  const queries = useQueryClient();
  const n = selected.size;
  if (n === 0) return null;
  const remove = async () => {
    const customers = [...selected];
    const group = await session.act(
      async (own) => {
        await send(client.POST('/customers/delete', { body: { customers }, headers: headersOf(own) }));
        return own;
      },
      () => void remove(),
    );
    if (group === undefined) return;
    onClear();
    toast({ title: t('customers.deletedMany', { n }), ...afterwards(session, group) });
    await queries.invalidateQueries({ queryKey: evidenceKey });
  };
  return (
    <SelectedBar
      count={n}
      words={{ selected: t('customers.selected', { n }), label: t('customers.selectedLabel') }}
      onClear={onClear}
    >
      <Button tone="ghost" icon={Trash2} onClick={() => void remove()}>
        {t('customers.deleteMany')}
      </Button>
    </SelectedBar>
  );
}

import { CornerLeftUp } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { BulkBar } from '../shared/BulkBar.tsx';
import type { Tree } from './use-tree.ts';

/** What can be done to the ideas that are selected. */
export function Choosing({ tree }: { tree: Tree }) {
  const ids = [...tree.selected];
  return (
    <BulkBar
      count={ids.length}
      target={{ ids }}
      ids={ids}
      archivedOnly={tree.props.definition.query.archived === 'only'}
      onClear={() => tree.setSelected(new Set())}
      say={tree.say}
    >
      {tree.mayEdit && (
        <Button tone="ghost" icon={CornerLeftUp} onClick={() => tree.setPlacing(ids)}>
          {t('tree.moveTo')}
        </Button>
      )}
    </BulkBar>
  );
}

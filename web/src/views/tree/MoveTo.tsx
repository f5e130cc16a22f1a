import { IdeaPicker } from '@/fields/IdeaPicker.tsx';
import { t } from '@/lib/i18n.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import css from './panels.module.css';
import type { Moves } from './use-moves.ts';
import type { Tree } from './use-tree.ts';

const none: readonly number[] = [];

/** Asks under which idea others shall stand. */
export function MoveTo({ tree, moves, ids }: { tree: Tree; moves: Moves; ids: readonly number[] }) {
  const close = () => tree.setPlacing(undefined);
  const first = ids[0] ?? 0;
  const name = ids.length === 1 ? tree.titleOf(first) : t('tree.ideas', { n: ids.length });
  const placed = ids.some((id) => (tree.model.nodes[tree.model.at.get(id) ?? -1]?.parent ?? -1) >= 0);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close();
      }}
      title={t('tree.moveTitle', { name })}
    >
      <div className={css.moveTo}>
        <IdeaPicker
          label={t('field.parent')}
          values={none}
          ownOnly
          except={ids.length === 1 ? first : undefined}
          onValuesChange={([idea]) => {
            close();
            if (idea !== undefined) moves.put(ids, { kind: 'under', idea });
          }}
        />
        {placed && (
          <Button
            onClick={() => {
              close();
              moves.put(ids, { kind: 'out' });
            }}
          >
            {t('tree.takeOut')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

import { useMemo } from 'react';
import { t } from '@/lib/i18n.ts';
import { IdeaList } from './IdeaList.tsx';
import { ListPanel } from './ListPanel.tsx';
import css from './Pile.module.css';
import type { Matrix } from './use-matrix.ts';
import type { Moves } from './use-moves.ts';

/** The ideas of a pile that is too large to be fanned out. */
export function Pile({ matrix, moves }: { matrix: Matrix; moves: Moves }) {
  const { listed, setListed, plotted } = matrix;
  const ideas = useMemo(() => {
    const wanted = new Set(listed);
    return plotted.points.filter(({ row }) => wanted.has(row.id)).map(({ row }) => ({ row }));
  }, [listed, plotted.points]);
  const title = t('matrix.pile.title', { n: ideas.length });
  return (
    <ListPanel
      className={css.pile}
      title={title}
      close={t('matrix.pile.close')}
      onClose={() => setListed([])}
    >
      <IdeaList
        carry={matrix.carry}
        onOpen={matrix.props.onOpen}
        moves={moves}
        label={t('matrix.pile.list')}
        ideas={ideas}
      />
    </ListPanel>
  );
}

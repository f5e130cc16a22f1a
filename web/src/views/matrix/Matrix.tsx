import '@/lib/messages/later/matrix.ts';
import { ChartScatter, CircleAlert } from 'lucide-react';
import { useCallback, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { phoneQuery, useMediaQuery } from '@/lib/media.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import type { ViewProps } from '../types.ts';
import { Chart } from './Chart.tsx';
import { Choosing } from './Choosing.tsx';
import css from './Matrix.module.css';
import { Reading } from './Reading.tsx';
import { Strip } from './Strip.tsx';
import { Tray } from './Tray.tsx';
import { useChoices } from './use-choices.ts';
import { type FullPlan, useMatrix, usePlan } from './use-matrix.ts';
import { useMoves } from './use-moves.ts';

/** Ideas placed by two of their numbers. */
export default function Matrix(props: ViewProps) {
  const plan = usePlan(props);
  const { state, window } = props.result;
  if (state.status === 'failed') {
    return (
      <EmptyState
        icon={CircleAlert}
        title={t('matrix.failed')}
        actions={<Button onClick={window.refresh}>{t('matrix.retry')}</Button>}
      >
        {state.error?.message}
      </EmptyState>
    );
  }
  const { x, y } = plan;
  if (!x || !y) {
    return (
      <EmptyState icon={ChartScatter} title={t('matrix.noFields')}>
        {t('matrix.noFieldsText')}
      </EmptyState>
    );
  }
  if (state.status === 'ready' && state.total === 0) return props.empty;
  return <Plotting {...props} plan={{ ...plan, x, y }} />;
}

function Plotting({ plan, ...props }: ViewProps & { plan: FullPlan }) {
  const matrix = useMatrix(props, plan);
  const moves = useMoves(matrix);
  const choices = useChoices(matrix);
  const [table, setTable] = useState(false);
  const [tray, setTray] = useState<boolean>();
  const closeTray = useCallback(() => setTray(false), []);
  const { plotted } = matrix;
  const missing = plotted.missing.length;
  const phone = useMediaQuery(phoneQuery);
  // On a phone it would leave nothing of the plot.
  const shown = tray ?? (missing > 0 && !phone);
  const loading = props.result.state.status === 'loading';
  return (
    <div className={css.matrix}>
      <Strip
        matrix={matrix}
        table={table}
        onTable={setTable}
        tray={shown && missing > 0}
        onTray={missing > 0 ? setTray : undefined}
      />
      <div className={css.stage}>
        {loading && (
          <div className={css.loading} role="status" aria-label={t('matrix.loading')}>
            <Skeleton width="100%" />
          </div>
        )}
        {shown && missing > 0 && !loading && (
          <Tray
            plotted={plotted}
            carry={matrix.carry}
            moves={moves}
            onOpen={props.onOpen}
            onClose={closeTray}
          />
        )}
        {table ? <Reading matrix={matrix} /> : <Chart matrix={matrix} moves={moves} choices={choices} />}
      </div>
      <Choosing matrix={matrix} />
      <p className="visually-hidden" role="status">
        {matrix.said}
      </p>
    </div>
  );
}

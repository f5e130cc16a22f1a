import { CircleAlert } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { phoneQuery, useMediaQuery } from '@/lib/media.ts';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import type { ViewProps } from '../types.ts';
import { Cards } from './Cards.tsx';
import { Grid } from './Grid.tsx';

/** Ideas below each other: as a spreadsheet, or on a phone as cards. */
export function List(props: ViewProps) {
  const phone = useMediaQuery(phoneQuery);
  const { state, window } = props.result;
  if (state.status === 'failed') {
    return (
      <EmptyState
        icon={CircleAlert}
        title={t('list.failed')}
        actions={<Button onClick={window.refresh}>{t('list.retry')}</Button>}
      >
        {state.error?.message}
      </EmptyState>
    );
  }
  return phone ? <Cards {...props} /> : <Grid {...props} />;
}

import '@/lib/messages/later/since.ts';
import { formatDay, isDay } from '@/lib/days.ts';
import { formatMoment } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { DatePicker } from '@/ui/DatePicker.tsx';
import css from './since.module.css';

/** Props of AsOf. */
export interface AsOfProps {
  at: string;
  onAt: (at: string | undefined) => void;
}

/** Says that the view is shown as it was, and leads to other days and back. */
export default function AsOf({ at, onAt }: AsOfProps) {
  const when = isDay(at) ? formatDay(at, { long: true }) : formatMoment(at);
  return (
    <div className={css.past}>
      <Banner
        title={t('asOf.title', { when })}
        actions={
          <>
            <DatePicker
              label={t('asOf.day')}
              value={isDay(at) ? at : null}
              placeholder={t('asOf.day')}
              onValueChange={(day) => onAt(day ?? undefined)}
            />
            <Button onClick={() => onAt(undefined)}>{t('asOf.now')}</Button>
          </>
        }
      >
        {t('asOf.readOnly')}
      </Banner>
    </div>
  );
}

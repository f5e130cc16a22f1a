import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { unplaced, useSend } from '@/api/use-send.ts';
import { formatUTC } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Checkbox } from '@/ui/Checkbox.tsx';
import { Field } from '@/ui/Field.tsx';
import { Select } from '@/ui/Select.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import { getHearing, type HearingNow, setHearing, settingsKeys } from './calls.ts';
import css from './settings.module.css';
import { Watches } from './Watches.tsx';

const minutes = (step: number) => Array.from({ length: (24 * 60) / step }, (_, n) => n * step);
const clock = (minute: number) =>
  formatUTC(new Date(minute * 60_000), { hour: '2-digit', minute: '2-digit' });
const times = (step: number) =>
  minutes(step).map((minute) => ({ value: String(minute), label: clock(minute) }));
// The fourth of January 1970 was a Sunday.
const weekdays = [1, 2, 3, 4, 5, 6, 0].map((day) => ({
  value: String(day),
  label: formatUTC(new Date((day + 3) * 86_400_000), { weekday: 'long' }),
}));
const reasons = ['create', 'comment', 'mention'] as const;

/** Of what one hears: which things one watches by oneself, and what comes by e-mail, and when. */
export function Hearing() {
  const { data } = useQuery({
    queryKey: settingsKeys.hearing,
    queryFn: ({ signal }) => getHearing(signal),
  });
  return (
    <div className={css.section}>
      {data ? <HearingForm now={data} /> : <Skeleton width="60%" />}
      <Watches />
    </div>
  );
}

function HearingForm({ now }: { now: HearingNow }) {
  const queries = useQueryClient();
  const { busy, failure, send, clear } = useSend();
  const [next, setNext] = useState({ ...now, zone: now.zone ?? localZone() });
  const change = (part: Partial<HearingNow>) => {
    clear();
    setNext((last) => ({ ...last, ...part }));
  };
  const refused = unplaced(failure, ['zone']);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { mail: _, ...body } = next;
    if (!(await send(() => setHearing(body)))) return;
    toast({ title: t('settings.saved') });
    await queries.invalidateQueries({ queryKey: settingsKeys.hearing });
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      {refused && <Banner tone="danger">{refused}</Banner>}
      <Watching now={next} onChange={change} />
      {now.mail ? (
        <>
          <Letters now={next} onChange={change} zoneError={failure?.field('zone')} />
          {next.email && <Quiet now={next} onChange={change} />}
        </>
      ) : (
        <p className={css.quiet}>{t('settings.hearing.noMail')}</p>
      )}
      <footer className={css.foot}>
        <Button type="submit" tone="primary" busy={busy}>
          {t('ui.save')}
        </Button>
      </footer>
    </form>
  );
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

interface PartProps {
  now: HearingNow;
  onChange: (part: Partial<HearingNow>) => void;
}

function Watching({ now, onChange }: PartProps) {
  const heading = useId();
  const off = now.notOn ?? [];
  return (
    <section className={css.part} aria-labelledby={heading}>
      <h2 id={heading} className={css.heading}>
        {t('settings.hearing.watch')}
      </h2>
      <p className={css.text}>{t('settings.hearing.watchText')}</p>
      {reasons.map((why) => (
        <Checkbox
          key={why}
          label={t(`settings.hearing.on.${why}`)}
          checked={!off.includes(why)}
          onCheckedChange={(on) =>
            onChange({ notOn: on ? off.filter((other) => other !== why) : [...off, why] })
          }
        />
      ))}
    </section>
  );
}

function Letters({ now, onChange, zoneError }: PartProps & { zoneError?: string }) {
  const heading = useId();
  const digest = now.email === 'daily' || now.email === 'weekly';
  return (
    <section className={css.part} aria-labelledby={heading}>
      <h2 id={heading} className={css.heading}>
        {t('settings.hearing.email')}
      </h2>
      <Field label={t('settings.hearing.pace')} hint={t('settings.hearing.paceHint')}>
        <Select
          options={(['never', 'soon', 'daily', 'weekly'] as const).map((value) => ({
            value,
            label: t(`settings.hearing.pace.${value}`),
          }))}
          value={now.email ?? 'never'}
          onValueChange={(pace) => onChange({ email: pace === 'never' ? undefined : pace })}
        />
      </Field>
      {now.email === 'weekly' && (
        <Field label={t('settings.hearing.weekday')}>
          <Select
            options={weekdays}
            value={String(now.weekday)}
            onValueChange={(day) => onChange({ weekday: Number(day) })}
          />
        </Field>
      )}
      {digest && (
        <Field label={t('settings.hearing.hour')}>
          <Select
            options={times(60)}
            value={String(now.hour * 60)}
            onValueChange={(minute) => onChange({ hour: Number(minute) / 60 })}
          />
        </Field>
      )}
      {now.email && (
        <Field label={t('settings.hearing.zone')} hint={t('settings.hearing.zoneHint')} error={zoneError}>
          <TextField
            value={now.zone ?? ''}
            onValueChange={(zone) => onChange({ zone })}
            autoCapitalize="none"
            spellCheck={false}
          />
        </Field>
      )}
    </section>
  );
}

function Quiet({ now, onChange }: PartProps) {
  const quiet = now.quietFrom !== now.quietTo;
  return (
    <>
      <Checkbox
        label={t('settings.hearing.quiet')}
        checked={quiet}
        onCheckedChange={(on) =>
          onChange(on ? { quietFrom: 1200, quietTo: 420 } : { quietFrom: 0, quietTo: 0 })
        }
      />
      {quiet && (
        <div className={css.pair}>
          <Field label={t('settings.hearing.quietFrom')}>
            <Select
              options={times(30)}
              value={String(now.quietFrom)}
              onValueChange={(minute) => onChange({ quietFrom: Number(minute) })}
            />
          </Field>
          <Field label={t('settings.hearing.quietTo')}>
            <Select
              options={times(30)}
              value={String(now.quietTo)}
              onValueChange={(minute) => onChange({ quietTo: Number(minute) })}
            />
          </Field>
        </div>
      )}
    </>
  );
}

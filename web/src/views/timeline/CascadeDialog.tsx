import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { formatInterval, type Interval } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { CascadeShift } from '@/sync/timeline.ts';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Switch } from '@/ui/Switch.tsx';
import { WhyField } from '../shared/WhyField.tsx';
import line from './line.module.css';
import parts from './parts.module.css';
import type { Edits, Proposal } from './use-edits.ts';
import { formatSpan } from './use-edits.ts';

/** Asks whether what depends on a moved idea shall follow, and names every idea and everybody that it concerns. */
export function CascadeDialog({ proposal, edits }: { proposal: Proposal; edits: Edits }) {
  const { person } = useProject();
  const [why, setWhy] = useState('');
  const { cascade, row, from, to, keep } = proposal;
  const shifts = cascade.shifts ?? [];
  const elsewhere = cascade.elsewhere ?? [];
  const people = [...new Set(shifts.flatMap((shift) => shift.people ?? []))].flatMap(
    (id) => person(id)?.name ?? [],
  );
  const title = String(row.values.title ?? '');
  return (
    <Dialog
      open
      size="medium"
      onOpenChange={(open) => !open && void edits.decide('none')}
      title={
        shifts.length > 0 || elsewhere.length === 0
          ? t('timeline.cascade.title', { n: shifts.length })
          : t('timeline.cascade.elsewhereTitle')
      }
      description={t('timeline.cascade.moved', { title, from: formatSpan(from), to: formatSpan(to) })}
      footer={
        <>
          <Button onClick={() => void edits.decide('none')}>{t('ui.cancel')}</Button>
          <Button onClick={() => void edits.decide('one', why.trim())}>{t('timeline.cascade.one')}</Button>
          {shifts.length > 0 && (
            <Button tone="primary" onClick={() => void edits.decide('all', why.trim())}>
              {t('timeline.cascade.all', { n: shifts.length + 1 })}
            </Button>
          )}
        </>
      }
    >
      <Switch
        label={t('timeline.cascade.keep')}
        hint={t('timeline.cascade.keepHow')}
        checked={keep}
        onCheckedChange={(on) => void edits.keepDistances(on)}
      />
      {shifts.length + elsewhere.length === 0 && (
        <p className={parts.quiet}>{t('timeline.cascade.nothing')}</p>
      )}
      {shifts.length > 0 && (
        <ul className={parts.list}>
          {shifts.map((shift) => (
            <Shift key={shift.idea.id} shift={shift} />
          ))}
        </ul>
      )}
      {people.length > 0 && (
        <p className={parts.quiet}>
          {t('timeline.cascade.people', { names: people.join(', '), n: people.length })}
        </p>
      )}
      {elsewhere.length > 0 && (
        <p className={parts.quiet}>
          {t('timeline.cascade.elsewhere', {
            n: elsewhere.length,
            names: elsewhere
              .map(({ key, title: name }) => (key ? `${key} ${name}` : t('links.hidden')))
              .join(', '),
          })}
        </p>
      )}
      <WhyField value={why} onValueChange={setWhy} />
    </Dialog>
  );
}

function Shift({ shift }: { shift: CascadeShift }) {
  const { person } = useProject();
  const names = (shift.people ?? []).flatMap((id) => person(id)?.name ?? []);
  return (
    <li className={line.line}>
      <span className={parts.key}>{shift.idea.key}</span>
      <span className={line.title}>
        {shift.idea.title}
        {names.length > 0 && <span className={line.people}>{names.join(', ')}</span>}
      </span>
      <span className={line.dates}>
        <s>{formatInterval(shift.from as Interval)}</s>
        <Icon of={ArrowRight} size={12} />
        <strong>{formatInterval(shift.to as Interval)}</strong>
      </span>
    </li>
  );
}

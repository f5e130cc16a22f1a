import { useMemo, useState } from 'react';
import { formatInterval, type Interval } from '@/lib/days.ts';
import { errorText } from '@/lib/error-text.ts';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { lockReason } from '@/sync/facts.ts';
import type { PendingValue } from '@/sync/overlay.ts';
import { useProject } from '@/sync/project.tsx';
import { askCascade, type Cascade, type CascadeShift } from '@/sync/timeline.ts';
import type { IdeaLink, IdeaRow } from '@/sync/types.ts';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '../shared/afterwards.ts';
import { groupingsOf, groupValues, keysOf, shownValue } from '../shared/groups.ts';
import type { ViewProps } from '../types.ts';
import { type DateFields, type Span, sameSpan, spanOf, valuesOf } from './spans.ts';
import { dayText } from './time.ts';

/** A move that others depend on, and waits for a decision. */
export interface Proposal {
  row: IdeaRow;
  from: Span;
  to: Span;
  own: PendingValue[];
  cascade: Cascade;
  /** Dependents keep their distances instead of moving only as far as they must (TLN-43). */
  keep: boolean;
}

/** What can be done to bars. */
export interface Edits {
  /** Gives an idea a span, and a group where the two paths differ. Asks first where others depend on it. */
  put: (row: IdeaRow, to: Span, paths?: { from: string; to: string }) => Promise<void>;
  /** Takes an idea's dates away. */
  clear: (row: IdeaRow) => Promise<void>;
  /** Why bars cannot be moved by this person; undefined when they can. */
  locked?: string;
  proposal: Proposal | null;
  /** Ends the question: writes everything, only the idea itself, or nothing; with why, where somebody said it. */
  decide: (how: 'all' | 'one' | 'none', reason?: string) => Promise<void>;
  /** Asks anew what follows, with distances kept or not. */
  keepDistances: (keep: boolean) => Promise<void>;
  /** Where ideas are shown although nothing is written yet. */
  proposed: ReadonlyMap<number, Span>;
}

/** A span as an interval on the wire. */
export function intervalOfSpan({ start, end, precision }: Span): Interval {
  return { start: dayText(start), end: dayText(end), precision };
}

/** Writes a span in words, as exactly as it is meant. */
export function formatSpan(span: Span): string {
  return formatInterval(intervalOfSpan(span));
}

interface EditsInput {
  definition: ViewProps['definition'];
  dates: DateFields | undefined;
  links: readonly IdeaLink[];
  say: (text: string) => void;
}

const nothing: ReadonlyMap<number, Span> = new Map();

/** The values that move what follows. */
function following(shifts: readonly CascadeShift[]): PendingValue[] {
  return shifts.flatMap(({ idea, values }) =>
    Object.entries(values).map(([ref, value]) => ({
      id: idea.id,
      ref,
      value: value as PendingValue['value'],
    })),
  );
}

/** Moving ideas in time. */
export function useEdits(input: EditsInput): Edits {
  const { session, project, field } = useProject();
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [proposed, setProposed] = useState(nothing);
  const { dates } = input;
  const locked =
    dates && (lockReason(dates.start, project.role) ?? (dates.end && lockReason(dates.end, project.role)));
  const latest = useLatest({ ...input, field, locked, proposal });

  const stable = useMemo(() => {
    const write = async (values: PendingValue[], told: string, reason?: string) => {
      const group = await session.setValues(values, reason);
      if (group === undefined) return undefined;
      latest().say(told);
      toast({ title: told, ...afterwards(session, group) });
      return group;
    };
    /** Nothing has to follow an idea that is now earlier, but what depends on it may want to (TLN-43). */
    const offerToFollow = ({ shifts }: Cascade) => {
      const n = shifts?.length ?? 0;
      if (n === 0) return;
      toast({
        id: 'timeline.follow',
        title: t('timeline.cascade.stays', { n }),
        action: {
          label: t('timeline.cascade.pull'),
          onClick: () => void write(following(shifts ?? []), t('timeline.cascade.pulled', { n })),
        },
      });
    };
    const ask = ({ start, end }: DateFields, row: IdeaRow, to: Span, keep?: boolean) =>
      askCascade(session.key, {
        start: start.ref,
        ...(end && { end: end.ref }),
        moves: [{ idea: row.id, ...intervalOfSpan(to) }],
        ...(keep && { keep }),
      });
    const refuse = (reason: string) => toast({ id: 'timeline.locked', title: reason, tone: 'error' });
    return {
      put: async (row: IdeaRow, to: Span, paths?: { from: string; to: string }) => {
        const now = latest();
        if (!now.dates) return;
        if (now.locked) {
          refuse(now.locked);
          return;
        }
        const pending = session.overlay.of(row.id);
        const value = (ref: string) => shownValue(row, ref, pending);
        const from = spanOf(value, now.dates);
        const own: PendingValue[] = sameSpan(from, to)
          ? []
          : valuesOf(value, now.dates, to).map((each) => ({ id: row.id, ...each }));
        if (paths && paths.from !== paths.to) {
          const groupings = groupingsOf(now.definition.query.group, now.field);
          const step = { row, pending, from: keysOf(paths.from), to: keysOf(paths.to) };
          const values = groupValues(groupings, step);
          if (!Array.isArray(values)) {
            refuse(t('list.groupFixed', { field: values.name }));
            return;
          }
          own.push(...values);
        }
        if (own.length === 0) return;
        const told = t('timeline.moved', { title: String(row.values.title ?? ''), when: formatSpan(to) });
        const followed = now.links.some((link) => link.from.id === row.id);
        if (!from || !followed || sameSpan(from, to)) {
          await write(own, told);
          return;
        }
        setProposed(new Map([[row.id, to]]));
        try {
          const cascade = await ask(now.dates, row, to);
          const affected = (cascade.shifts ?? []).length + (cascade.elsewhere ?? []).length;
          if (affected > 0) {
            setProposal({ row, from, to, own, cascade, keep: false });
            return;
          }
          // Asked before it is moved: distances are those of now.
          const close = to.end < from.end ? await ask(now.dates, row, to, true) : undefined;
          const group = await write(own, told);
          if (group !== undefined && close) offerToFollow(close);
        } catch (error) {
          refuse(errorText(error));
        }
        setProposed(nothing);
      },
      clear: async (row: IdeaRow) => {
        const now = latest();
        if (!now.dates) return;
        if (now.locked) {
          refuse(now.locked);
          return;
        }
        const fields = now.dates.end ? [now.dates.start, now.dates.end] : [now.dates.start];
        const values = fields.map(({ ref }) => ({ id: row.id, ref, value: null }));
        await write(values, t('timeline.cleared', { title: String(row.values.title ?? '') }));
      },
      keepDistances: async (keep: boolean) => {
        const { proposal: asked, dates: fields } = latest();
        if (!asked || !fields) return;
        setProposal({ ...asked, keep });
        try {
          const cascade = await ask(fields, asked.row, asked.to, keep);
          // Another answer, or the end of the question, may have come first.
          setProposal((last) =>
            last?.row.id === asked.row.id && last.keep === keep ? { ...last, cascade } : last,
          );
        } catch (error) {
          setProposal((last) => (last?.keep === keep ? { ...last, keep: !keep } : last));
          refuse(errorText(error));
        }
      },
      decide: async (how: 'all' | 'one' | 'none', reason?: string) => {
        const asked = latest().proposal;
        setProposal(null);
        if (asked && how !== 'none') {
          const shifts = how === 'all' ? (asked.cascade.shifts ?? []) : [];
          const title = String(asked.row.values.title ?? '');
          const told =
            shifts.length > 0
              ? t('timeline.movedWith', { title, when: formatSpan(asked.to), n: shifts.length })
              : t('timeline.moved', { title, when: formatSpan(asked.to) });
          await write([...asked.own, ...following(shifts)], told, reason);
        }
        setProposed(nothing);
      },
    };
  }, [session, latest]);
  return { ...stable, locked, proposal, proposed };
}

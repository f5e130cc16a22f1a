import '@/lib/messages/later/hygiene.ts';
import { useQueryClient } from '@tanstack/react-query';
import { client, send } from '@/api/client.ts';
import { addUnits, formatUnit, intervalOf, today } from '@/lib/days.ts';
import { t } from '@/lib/i18n.ts';
import { deleteField, headersOf, restoreField, updateField } from '@/sync/calls.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue } from '@/sync/types.ts';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { afterwards } from '@/views/shared/afterwards.ts';
import { bringBack, hygieneKey, type Item, type Kind, putAside, type RottenIdea } from './use-hygiene.ts';

/** What one click does about something that rots; each says so and can be undone. */
export interface Remedies {
  archive: (idea: RottenIdea) => void;
  archiveAll: (ids: readonly number[]) => void;
  nextQuarter: (idea: RottenIdea, field: string) => void;
  clearDate: (idea: RottenIdea, field: string) => void;
  tellApart: (a: RottenIdea, b: RottenIdea) => void;
  dropOption: (field: number, option: number, name: string) => void;
  hideField: (field: number, name: string) => void;
  dropField: (field: number, name: string) => void;
  putAside: (kind: Kind, item: Item, aside: { days: number; why: string }) => void;
  bringBack: (kind: Kind, item: Item) => void;
}

/** The remedies in the project around. */
export function useRemedies(): Remedies {
  const { session, fields } = useProject();
  const queries = useQueryClient();
  const fresh = () => queries.invalidateQueries({ queryKey: [hygieneKey] });
  /** Does something that is a step for undo. */
  const step = async (write: () => Promise<string | undefined>, title: string) => {
    const group = await write();
    if (group === undefined) return;
    toast({ title, ...afterwards(session, group), undo: () => void session.undoGroup(group).then(fresh) });
    await fresh();
  };
  /** Does something that another call takes back. */
  const call = async (write: () => Promise<unknown>, title: string, back: () => Promise<unknown>) => {
    try {
      await write();
      toast({ title, undo: () => void back().then(fresh) });
    } catch (error) {
      toastFailure(error);
    }
    await fresh();
  };
  const setDate = (idea: RottenIdea, field: string, value: CellValue, title: string) =>
    void step(() => session.setValues([{ id: idea.id, ref: field, value }]), title);
  return {
    archive: (idea) =>
      void step(() => session.patch(idea.id, { archived: true }), t('hygiene.archived', { key: idea.key })),
    archiveAll: (ids) =>
      void step(
        async () => (await session.change({ ids: [...ids] }, { archived: true }))?.group,
        t('hygiene.archivedAll', { n: ids.length }),
      ),
    nextQuarter: (idea, ref) => {
      const day = addUnits(today(), 1, 'quarter');
      const quarter = intervalOf(day, day, 'quarter');
      const isDate = fields.find((field) => field.ref === ref)?.type === 'date';
      const title = t('hygiene.past_date.nextDone', { key: idea.key, quarter: formatUnit(day, 'quarter') });
      setDate(idea, ref, isDate ? quarter.start : { ...quarter }, title);
    },
    clearDate: (idea, ref) => setDate(idea, ref, null, t('hygiene.past_date.cleared', { key: idea.key })),
    tellApart: (a, b) =>
      void step(
        () =>
          session.act(
            async (group) => {
              const params = { path: { idea: String(a.id), other: String(b.id) } };
              await send(client.PUT('/ideas/{idea}/unlike/{other}', { params, headers: headersOf(group) }));
              return group;
            },
            () => undefined,
          ),
        t('hygiene.duplicates.apart'),
      ),
    dropOption: (id, option, name) => {
      const options = fields.find((field) => field.id === id)?.options ?? [];
      const keep = options.filter((each) => each.id !== option);
      void call(
        () => updateField(id, { options: [...keep] }),
        t('hygiene.option.deleted', { name }),
        () => updateField(id, { options: [...options] }),
      );
    },
    hideField: (id, name) =>
      void call(
        () => updateField(id, { hidden: true }),
        t('hygiene.field.hidden', { name }),
        () => updateField(id, { hidden: false }),
      ),
    dropField: (id, name) =>
      void call(
        () => deleteField(id),
        t('hygiene.field.deleted', { name }),
        () => restoreField(id),
      ),
    putAside: (kind, item, aside) =>
      void call(
        () => putAside(session.key, kind, item, aside),
        t('hygiene.putDone'),
        () => bringBack(session.key, kind, item),
      ),
    bringBack: (kind, item) => {
      const aside = { days: 30, why: item.ignored?.why ?? '' };
      void call(
        () => bringBack(session.key, kind, item),
        t('hygiene.heed'),
        () => putAside(session.key, kind, item, aside),
      );
    },
  };
}

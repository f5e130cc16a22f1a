import { useMemo } from 'react';
import { t } from '@/lib/i18n.ts';
import { useLatest } from '@/lib/latest.ts';
import { useProject } from '@/sync/project.tsx';
import { toast } from '@/ui/Toast.tsx';
import { afterwards } from '../shared/afterwards.ts';
import { planMove, stepTarget, type Target } from './moves.ts';
import type { Tree } from './use-tree.ts';

/** Putting ideas elsewhere in the tree. */
export interface Moves {
  /** Why ideas may not go there; undefined when they may. */
  refusal: (ids: readonly number[], target: Target) => string | undefined;
  put: (ids: readonly number[], target: Target) => void;
  step: (id: number, step: 'up' | 'down' | 'out' | 'in') => void;
  /** The ideas that are meant: the chosen ones when this is one of them. */
  meant: (id: number) => readonly number[];
}

/** Says why ideas keep their order here, and offers to go over to one by hand. */
function tellSorted({ props, say }: Tree): void {
  const { definition, onChange } = props;
  const title = t('tree.refused.sorted');
  say(title);
  toast({
    id: 'tree.refused',
    title,
    description: t('list.sortedHow'),
    action: {
      label: t('tree.manual'),
      onClick: () => onChange({ query: { ...definition.query, sort: [] } }),
    },
  });
}

/** Puts ideas elsewhere, and says what came of it. */
export function useMoves(tree: Tree): Moves {
  const { session } = useProject();
  const latest = useLatest(tree);
  return useMemo(() => {
    const refuse = (why: string) => {
      toast({ id: 'tree.refused', title: why, tone: 'error' });
      latest().say(why);
    };
    const refusal: Moves['refusal'] = (ids, target) => {
      const { model, titleOf, mayEdit } = latest();
      if (!mayEdit) return t('tree.refused.role');
      const planned = planMove(model, ids, target, titleOf);
      return 'refused' in planned ? planned.refused : undefined;
    };
    const put: Moves['put'] = (ids, target) => {
      const why = refusal(ids, target);
      const now = latest();
      const planned = planMove(now.model, ids, target, now.titleOf);
      if (why !== undefined || 'refused' in planned)
        return refuse(why ?? ('refused' in planned ? planned.refused : ''));
      const { plan } = planned;
      const sorted = (now.props.definition.query.sort ?? []).length > 0;
      const values = plan.ids
        .filter((id) => Number(now.row(id)?.values.parent ?? 0) !== plan.parent)
        .map((id) => ({ id, ref: 'parent', value: plan.parent || null }));
      const move = sorted ? undefined : plan.move;
      if (values.length === 0 && !move) {
        if (sorted && plan.move) tellSorted(now);
        return undefined;
      }
      if (plan.parent !== 0 && now.folded.has(plan.parent)) now.toggle(plan.parent);
      const n = plan.ids.length;
      const name = n === 1 ? now.titleOf(plan.ids[0] ?? 0) : t('tree.ideas', { n });
      const where = plan.parent === 0 ? '' : now.titleOf(plan.parent);
      const done =
        values.length > 0 && !move
          ? session.setValues(values)
          : session.move({ ids: plan.ids, values, move });
      void done.then((group) => {
        if (group === undefined) return latest().say(t('tree.did.notMoved', { name }));
        const title =
          target.kind === 'out'
            ? t('tree.did.out', { name })
            : t(`tree.did.${target.kind}`, {
                name,
                where: target.kind === 'under' ? where : now.titleOf(target.idea),
              });
        latest().say(title);
        toast({ title, ...afterwards(session, group) });
      });
      return undefined;
    };
    return {
      refusal,
      put,
      step: (id, step) => {
        const target = stepTarget(latest().model, id, step);
        if ('refused' in target) refuse(target.refused);
        else put([id], target);
      },
      meant: (id) => {
        const { selected } = latest();
        return selected.has(id) ? [...selected] : [id];
      },
    };
  }, [session, latest]);
}

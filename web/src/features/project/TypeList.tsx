import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { typeIcon } from '@/fields/type-icons.ts';
import { optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { newGroup } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaType } from '@/sync/types.ts';
import { Badge } from '@/ui/Badge.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { toast } from '@/ui/Toast.tsx';
import { OrderedLine } from '@/views/shared/order/OrderedLine.tsx';
import { useOrder } from '@/views/shared/order/use-order.ts';
import { deleteIdeaType, updateIdeaType } from './calls.ts';
import { DeleteType } from './DeleteType.tsx';
import { OrderedSection } from './OrderedSection.tsx';
import css from './project.module.css';
import { TypeDialog } from './TypeDialog.tsx';
import { useSave } from './use-save.ts';

/** The project's types of ideas in their order: made, changed, moved and deleted here. */
export function TypeList() {
  const { project, types, session } = useProject();
  const { failure, save } = useSave();
  const [editing, setEditing] = useState<number | 'new'>();
  const [ending, setEnding] = useState<IdeaType>();
  const locked = !hasRole(project.role, 'admin');
  const { movesOf, said } = useOrder({
    kind: 'cairn.idea-type',
    items: types.map(({ id, name, position }) => ({ ref: String(id), name, position })),
    locked,
    put: (ref, position) => save(() => updateIdeaType(Number(ref), { position })),
    moved: (name) => t('project.ideaType.moved', { name }),
  });
  const remove = async (type: IdeaType, to: number) => {
    const group = newGroup();
    setEnding(undefined);
    if (!(await save(() => deleteIdeaType(type.id, to, group)))) return;
    toast({
      title: t('project.ideaType.deleted', { name: type.name, n: type.ideas }),
      undo: () => void save(() => session.undoGroup(group)),
    });
  };
  const edited = types.find((type) => type.id === editing);
  return (
    <OrderedSection
      text={t('project.ideaTypesText')}
      add={t('project.ideaType.add')}
      onAdd={locked ? undefined : () => setEditing('new')}
      failure={failure}
      said={said}
      empty={<EmptyState title={t('project.noIdeaTypes')}>{t('project.noIdeaTypesText')}</EmptyState>}
      lines={types.map((type) => (
        <OrderedLine
          key={type.id}
          moves={movesOf(String(type.id))}
          name={type.name}
          icon={
            <span data-option-color={optionColor(type.color)} className={css.typeMark}>
              <Icon of={typeIcon(type.icon)} size={14} />
            </span>
          }
          note={<span className={css.quiet}>{t('project.ideaType.ideas', { n: type.ideas })}</span>}
          onOpen={locked ? undefined : () => setEditing(type.id)}
          first={[
            {
              id: 'edit',
              label: t('project.ideaType.edit'),
              icon: Pencil,
              onSelect: () => setEditing(type.id),
            },
          ]}
          items={[
            {
              id: 'delete',
              label: t('project.ideaType.delete'),
              icon: Trash2,
              danger: true,
              onSelect: () => (type.ideas > 0 ? setEnding(type) : void remove(type, 0)),
            },
          ]}
        >
          {type.root && <Badge>{t('project.ideaType.rootBadge')}</Badge>}
        </OrderedLine>
      ))}
    >
      {(editing === 'new' || edited) && (
        <TypeDialog key={editing} type={edited} onClose={() => setEditing(undefined)} />
      )}
      {ending && (
        <DeleteType
          type={ending}
          onClose={() => setEnding(undefined)}
          onDelete={(to) => void remove(ending, to)}
        />
      )}
    </OrderedSection>
  );
}

import { ArrowDown, ArrowUp, Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { typeIcon } from '@/fields/type-icons.ts';
import { optionColor } from '@/lib/colors.ts';
import { t } from '@/lib/i18n.ts';
import { newGroup } from '@/sync/calls.ts';
import { hasRole } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaType } from '@/sync/types.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { Menu } from '@/ui/Menu.tsx';
import { toast } from '@/ui/Toast.tsx';
import { deleteIdeaType, updateIdeaType } from './calls.ts';
import { DeleteType } from './DeleteType.tsx';
import css from './project.module.css';
import { TypeDialog } from './TypeDialog.tsx';
import { useSave } from './use-save.ts';

/** The project's types of ideas in their order: made, changed, moved and deleted here. */
export function TypeList() {
  const { project, types, session } = useProject();
  const { failure, save } = useSave();
  const [editing, setEditing] = useState<number | 'new'>();
  const [ending, setEnding] = useState<IdeaType>();
  const [said, setSaid] = useState('');
  const locked = !hasRole(project.role, 'admin');
  const move = async (at: number, by: 1 | -1) => {
    const [type, other, beyond] = [types[at], types[at + by], types[at + 2 * by]];
    if (!type || !other) return;
    const position = beyond ? (other.position + beyond.position) / 2 : other.position + by;
    if (await save(() => updateIdeaType(type.id, { position })))
      setSaid(t('project.ideaType.moved', { name: type.name }));
  };
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
    <div className={css.section}>
      <div className={css.sectionHead}>
        <p className={css.text}>{t('project.ideaTypesText')}</p>
        {!locked && (
          <Button tone="primary" icon={Plus} onClick={() => setEditing('new')}>
            {t('project.ideaType.add')}
          </Button>
        )}
      </div>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {types.length === 0 && (
        <EmptyState title={t('project.noIdeaTypes')}>{t('project.noIdeaTypesText')}</EmptyState>
      )}
      {types.length > 0 && (
        <ul className={css.list}>
          {types.map((type, at) => (
            <li key={type.id} className={css.line}>
              <span className={css.grow}>
                <span data-option-color={optionColor(type.color)} className={css.typeMark}>
                  <Icon of={typeIcon(type.icon)} size={14} />
                </span>
                <button
                  type="button"
                  className={css.open}
                  disabled={locked}
                  onClick={() => setEditing(type.id)}
                >
                  {type.name}
                </button>
                <span className={css.quiet}>{t('project.ideaType.ideas', { n: type.ideas })}</span>
              </span>
              {type.root && <Badge>{t('project.ideaType.rootBadge')}</Badge>}
              {!locked && (
                <Menu
                  align="end"
                  trigger={
                    <IconButton label={t('project.field.more', { name: type.name })} icon={Ellipsis} />
                  }
                  items={[
                    {
                      id: 'edit',
                      label: t('project.ideaType.edit'),
                      icon: Pencil,
                      onSelect: () => setEditing(type.id),
                    },
                    {
                      id: 'up',
                      label: t('project.field.up'),
                      icon: ArrowUp,
                      disabled: at === 0,
                      onSelect: () => void move(at, -1),
                    },
                    {
                      id: 'down',
                      label: t('project.field.down'),
                      icon: ArrowDown,
                      disabled: at === types.length - 1,
                      onSelect: () => void move(at, 1),
                    },
                    { kind: 'separator', id: 'line' },
                    {
                      id: 'delete',
                      label: t('project.ideaType.delete'),
                      icon: Trash2,
                      danger: true,
                      onSelect: () => (type.ideas > 0 ? setEnding(type) : void remove(type, 0)),
                    },
                  ]}
                />
              )}
            </li>
          ))}
        </ul>
      )}
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
    </div>
  );
}

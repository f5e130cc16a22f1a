import { type FormEvent, useRef, useState } from 'react';
import { typeIcon } from '@/fields/type-icons.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { Select } from '@/ui/Select.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { nodeId } from './Node.tsx';
import css from './panels.module.css';
import type { Tree } from './use-tree.ts';

/** The type that a new child most likely has: that of its siblings, else the one behind its parent's. */
export function likelyType(
  tree: Pick<Tree, 'model' | 'typeOf'>,
  parent: number,
  types: readonly { id: number }[],
): number {
  const node = tree.model.nodes[tree.model.at.get(parent) ?? -1];
  const sibling = tree.model.nodes[node?.children.at(-1) ?? -1];
  const own = sibling && tree.typeOf(sibling.id);
  if (own) return own.id;
  const above = tree.typeOf(parent);
  const at = types.findIndex((type) => type.id === above?.id);
  return at < 0 ? 0 : (types[at + 1]?.id ?? types[at]?.id ?? 0);
}

/** Adds ideas below another one, one after the other, beside its card. */
export function AddChild({ tree, parent }: { tree: Tree; parent: number }) {
  const { session, types } = useProject();
  const [title, setTitle] = useState('');
  const [type, setType] = useState(() => likelyType(tree, parent, types));
  const input = useRef<HTMLInputElement>(null);
  const leave = () => {
    tree.setAdding(undefined);
    document.querySelector<HTMLElement>('[role=tree]')?.focus({ preventScroll: true });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const name = title.trim();
    if (name === '') return;
    setTitle('');
    const made = await session.add({ title: name, parent, ...(type ? { type } : {}) });
    if (!made) return setTitle(name);
    if (tree.folded.has(parent)) tree.toggle(parent);
    tree.say(t('tree.did.added', { name, where: tree.titleOf(parent) }));
  };
  return (
    <Popover
      open
      onOpenChange={(open) => {
        if (!open) leave();
      }}
      anchor={document.getElementById(nodeId(parent))}
      label={t('tree.addBelow', { name: tree.titleOf(parent) })}
      initialFocus={input}
    >
      <form className={css.add} onSubmit={(event) => void submit(event)}>
        <TextField
          ref={input}
          aria-label={t('field.title')}
          placeholder={t('tree.newTitle')}
          value={title}
          onValueChange={setTitle}
        />
        {types.length > 0 && (
          <Select
            aria-label={t('field.type')}
            options={[
              { value: '0', label: t('tree.noType') },
              ...types.map((each) => ({
                value: String(each.id),
                label: each.name,
                icon: typeIcon(each.icon),
              })),
            ]}
            value={String(type)}
            onValueChange={(next) => setType(Number(next))}
          />
        )}
        <Button type="submit" tone="primary">
          {t('tree.add')}
        </Button>
      </form>
    </Popover>
  );
}

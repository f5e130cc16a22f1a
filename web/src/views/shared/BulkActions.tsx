import { Archive, ArchiveRestore, Eraser, Merge, PencilLine, Trash2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { client, send } from '@/api/client.ts';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import type { BulkTarget } from '@/sync/calls.ts';
import { hasRole, mayEdit } from '@/sync/facts.ts';
import { useProject } from '@/sync/project.tsx';
import { patchOf } from '@/sync/project-session.ts';
import type { CellValue, FieldInfo, IdeaPatch } from '@/sync/types.ts';
import { Button } from '@/ui/Button.tsx';
import { Picker } from '@/ui/Combobox.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { afterwards } from './afterwards.ts';
import css from './bulk.module.css';
import type { MergingIdea } from './MergeDialog.tsx';
import { SelectedBar } from './SelectedBar.tsx';
import { WhyField } from './WhyField.tsx';

const MergeDialog = lazy(() => import('./MergeDialog.tsx'));

/** How many ideas one step merges. */
const mostMerged = 50;

/** Props of BulkActions. */
export interface BulkActionsProps {
  /** How many ideas are selected. */
  count: number;
  target: BulkTarget;
  /** The ideas to delete; absent where not all of them are known. */
  ids?: readonly number[];
  /** Only archived ideas are shown, so that they are restored rather than archived. */
  archivedOnly: boolean;
  onClear: () => void;
  /** Says what was done. */
  say: (text: string) => void;
  /** What can be done in this kind of view only; stands first. */
  children?: ReactNode;
}

/** The bar of what can be done to all selected ideas. */
export default function BulkActions(props: BulkActionsProps) {
  const { count: n, target, ids, archivedOnly, onClear, say, children } = props;
  const { project, session } = useProject();
  const [deleting, setDeleting] = useState(false);
  const [why, setWhy] = useState('');

  const change = async (patch: IdeaPatch, done: (changed: number) => string, reason?: string) => {
    const answer = await session.change(target, patch, reason);
    if (!answer) return;
    const title = done(answer.changed);
    say(title);
    toast({ title, ...afterwards(session, answer.group) });
  };
  const setField = (field: FieldInfo, value: CellValue, reason?: string) =>
    void change(
      patchOf([{ id: 0, ref: field.ref, value }]),
      (changed) => t('list.did.changed', { n: changed }),
      reason,
    );
  const remove = async () => {
    setDeleting(false);
    if (!ids) return;
    const group = await session.remove(ids, why.trim());
    setWhy('');
    if (group === undefined) return;
    onClear();
    toast({ title: t('list.did.deleted', { n: ids.length }), ...afterwards(session, group) });
  };
  const archive = (archived: boolean) =>
    change({ archived }, (changed) =>
      t(archived ? 'list.did.archived' : 'list.did.unarchived', { n: changed }),
    ).then(onClear);
  return (
    <>
      <SelectedBar count={n} onClear={onClear}>
        {children}
        {hasRole(project.role, 'contributor') && (
          <>
            <ChangeField how="set" onChange={setField} />
            <ChangeField how="empty" onChange={setField} />
          </>
        )}
        {hasRole(project.role, 'editor') && (
          <Button
            tone="ghost"
            icon={archivedOnly ? ArchiveRestore : Archive}
            onClick={() => void archive(!archivedOnly)}
          >
            {t(archivedOnly ? 'list.bulk.unarchive' : 'list.bulk.archive')}
          </Button>
        )}
        {hasRole(project.role, 'editor') && ids && <MergeSelected ids={ids} onMerged={onClear} />}
        {hasRole(project.role, 'admin') && ids && (
          <Button tone="ghost" icon={Trash2} onClick={() => setDeleting(true)}>
            {t('list.bulk.delete')}
          </Button>
        )}
      </SelectedBar>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={t('list.bulk.deleteTitle', { n })}
        confirm={t('list.bulk.delete')}
        onConfirm={() => void remove()}
      >
        {t('list.bulk.deleteText')}
        <div className={css.why}>
          <WhyField value={why} onValueChange={setWhy} />
        </div>
      </ConfirmDialog>
    </>
  );
}

/** Makes the selected ideas one. */
function MergeSelected({ ids, onMerged }: { ids: readonly number[]; onMerged: () => void }) {
  const { project } = useProject();
  const [ideas, setIdeas] = useState<readonly MergingIdea[]>();
  const [busy, setBusy] = useState(false);
  if (ids.length < 2 || ids.length > mostMerged) return null;
  const open = async () => {
    setBusy(true);
    try {
      const params = { path: { project: project.key } };
      const known = await send(
        client.POST('/projects/{project}/mentions', { params, body: { ids: [...ids] } }),
      );
      setIdeas(
        ids.map((id) => ({ id, key: known.ideas[id]?.key ?? '', title: known.ideas[id]?.title ?? '' })),
      );
    } catch (error) {
      toastFailure(error);
    }
    setBusy(false);
  };
  return (
    <>
      <Button tone="ghost" icon={Merge} busy={busy} onClick={() => void open()}>
        {t('list.bulk.merge')}
      </Button>
      {ideas && (
        <Suspense>
          <MergeDialog ideas={ideas} onClose={() => setIdeas(undefined)} onMerged={onMerged} />
        </Suspense>
      )}
    </>
  );
}

/** Props of ChangeField. */
interface ChangeFieldProps {
  /** Whether a value is asked for, or the field is emptied. */
  how: 'set' | 'empty';
  onChange: (field: FieldInfo, value: CellValue, reason?: string) => void;
}

/** First the field, then (to set it) its value, in the field's own editor. */
function ChangeField({ how, onChange }: ChangeFieldProps) {
  const { fields, field: byRef, project } = useProject();
  const [open, setOpen] = useState(false);
  const [ref, setRef] = useState<string>();
  const [why, setWhy] = useState('');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choices = fields.filter((field) => mayEdit(field, project.role));
  const field = ref === undefined ? undefined : byRef(ref);
  const done = () => {
    setRef(undefined);
    setWhy('');
    setOpen(false);
  };
  const finish = (target: FieldInfo, value: CellValue) => {
    onChange(target, value, why.trim());
    done();
  };
  const choose = (next: string | undefined) => {
    const target = next === undefined ? undefined : byRef(next);
    if (target && how === 'empty') finish(target, null);
    else if (target && typeOf(target).toggle) finish(target, true);
    else setRef(next);
  };
  const { Editor } = field ? typeOf(field) : {};
  return (
    <div ref={setAnchor} className={css.bulkSet}>
      <Popover
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next) setRef(undefined);
        }}
        label={t('list.bulk.field')}
        side="top"
        flush
        trigger={
          <Button tone="ghost" icon={how === 'set' ? PencilLine : Eraser}>
            {t(how === 'set' ? 'list.bulk.set' : 'list.bulk.empty')}
          </Button>
        }
      >
        {field === undefined && (
          <Picker
            label={t('list.bulk.field')}
            placeholder={t('list.bulk.field')}
            options={choices.map((choice) => ({
              value: choice.ref,
              label: choice.name,
              icon: typeOf(choice).icon,
            }))}
            values={[]}
            onValuesChange={([next]) => choose(next)}
          />
        )}
        {field && Editor && (
          <div className={css.bulkValue}>
            <strong>{field.name}</strong>
            <div className={css.bulkEditor}>
              <Editor
                key={field.ref}
                field={field}
                idea={0}
                value={null}
                anchor={anchor}
                onCommit={(value) => (value === null ? done() : finish(field, value))}
                onCancel={done}
              />
            </div>
            <div className={css.why}>
              <WhyField value={why} onValueChange={setWhy} />
            </div>
          </div>
        )}
      </Popover>
    </div>
  );
}

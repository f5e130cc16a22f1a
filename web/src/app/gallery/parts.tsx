import { Archive, Copy, Download, Ellipsis, Lightbulb, Pencil, Plus, Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/ui/Badge.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button, IconButton } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import { ContextMenu } from '@/ui/ContextMenu.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { Field } from '@/ui/Field.tsx';
import { Kbd } from '@/ui/Kbd.tsx';
import { Menu, type MenuEntry } from '@/ui/Menu.tsx';
import { Popover } from '@/ui/Popover.tsx';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { Skeleton } from '@/ui/Skeleton.tsx';
import { Tabs } from '@/ui/Tabs.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { toast } from '@/ui/Toast.tsx';
import css from './Gallery.module.css';
import { Group } from './Group.tsx';

const nothing = () => {};

/** Buttons and keys. */
export function Buttons() {
  return (
    <Group title="Buttons">
      <Button tone="primary" icon={Plus}>
        Create idea
      </Button>
      <Button icon={Download}>Export</Button>
      <Button tone="ghost">Cancel</Button>
      <Button tone="danger" icon={Trash2}>
        Delete project
      </Button>
      <Button disabled>Not now</Button>
      <Button tone="primary" busy>
        Importing
      </Button>
      <Button tone="primary" size="large">
        Sign in
      </Button>
      <IconButton label="Edit" icon={Pencil} shortcut="e" />
      <IconButton label="Star" icon={Star} pressed />
      <IconButton label="More" icon={Ellipsis} size="tiny" />
      <Kbd keys="$mod+k" />
      <Kbd keys="g h" />
      <Kbd keys="Shift+?" />
      <Badge>Draft</Badge>
      <Badge tone="accent">New</Badge>
      <Badge tone="success">Done</Badge>
      <Badge tone="warning">At risk</Badge>
      <Badge tone="danger">Off track</Badge>
    </Group>
  );
}

const entries: MenuEntry[] = [
  { id: 'rename', label: 'Rename', icon: Pencil, shortcut: 'F2', onSelect: nothing },
  { id: 'copy', label: 'Copy link', icon: Copy, shortcut: '$mod+Shift+c', onSelect: nothing },
  {
    kind: 'submenu',
    id: 'more',
    label: 'Move to',
    items: [{ id: 'now', label: 'Now', checked: true, onSelect: nothing }],
  },
  { kind: 'separator', id: 'line' },
  {
    kind: 'group',
    id: 'show',
    label: 'Show',
    items: [{ id: 'all', label: 'Archived', checked: true, onSelect: nothing }],
  },
  { id: 'archive', label: 'Archive', icon: Archive, disabled: true, onSelect: nothing },
  { id: 'delete', label: 'Delete', icon: Trash2, danger: true, onSelect: nothing },
];

/** What floats. */
export function Overlays() {
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState('Impact');
  const footer = (
    <>
      <Button onClick={() => setOpen(false)}>Cancel</Button>
      <Button tone="primary" onClick={() => setOpen(false)}>
        Create field
      </Button>
    </>
  );
  return (
    <Group title="Floating">
      <Menu trigger={<Button>Menu</Button>} items={entries} />
      <ContextMenu items={entries}>
        <span className={css.framed}>Right-click here</span>
      </ContextMenu>
      <Popover trigger={<Button>Popover</Button>} label="Filter">
        <Field label="Name">
          <TextField value={name} onValueChange={setName} />
        </Field>
      </Popover>
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Button onClick={() => setAsking(true)}>Confirm</Button>
      <Button onClick={() => toast({ title: '3 ideas archived', undo: nothing })}>Toast</Button>
      <Button
        onClick={() =>
          toast({ title: 'The score was not saved', description: 'Effort must be above 0.', tone: 'error' })
        }
      >
        Error toast
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="New field"
        description="Fields hold what you know about each idea."
        footer={footer}
      >
        <Field label="Name" hint="People see it in views and formulas.">
          <TextField value={name} onValueChange={setName} />
        </Field>
      </Dialog>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete the project Insure?"
        confirm="Delete project"
        onConfirm={() => setAsking(false)}
      >
        Its 206 ideas go with it. This cannot be undone.
      </ConfirmDialog>
    </Group>
  );
}

/** States of a page. */
export function Feedback() {
  const [tab, setTab] = useState('comments');
  return (
    <Group title="Feedback">
      <div className={css.wide}>
        <Tabs
          label="Idea"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { id: 'comments', label: 'Comments', count: 17, content: 'Comments' },
            { id: 'history', label: 'History', content: 'History' },
          ]}
        />
      </div>
      <div className={css.wide}>
        <Banner title="Reading a file from Jira">Columns were matched by their names.</Banner>
      </div>
      <div className={css.wide}>
        <Banner tone="warning">12 cells could not be read and stay empty.</Banner>
      </div>
      <div className={css.wide}>
        <Banner tone="danger" actions={<Button>Try again</Button>}>
          Cairn cannot be reached.
        </Banner>
      </div>
      <div className={css.wide}>
        <Banner tone="success">206 ideas imported.</Banner>
      </div>
      <div className={css.field}>
        <ProgressBar label="Importing" done={12_400} total={17_314} showCount />
      </div>
      <div className={css.field}>
        <Skeleton width="70%" />
      </div>
      <div className={css.wide}>
        <EmptyState
          icon={Lightbulb}
          title="No ideas here yet"
          level={3}
          actions={
            <>
              <Button tone="primary">Create idea</Button>
              <Button>Import</Button>
            </>
          }
        >
          Ideas that match this view’s filter appear here.
        </EmptyState>
      </div>
    </Group>
  );
}

import { type Editor, useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import {
  Bold,
  Code,
  Heading2,
  Italic,
  Link as LinkIcon,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Quote,
  SquareCode,
  Strikethrough,
  Table,
} from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type MessageId, t } from '@/lib/i18n.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { TextField } from '@/ui/TextField.tsx';
import { safeHref } from '@/views/shared/markdown/inline.ts';
import css from './RichText.module.css';

interface Tool {
  label: MessageId;
  icon: LucideIcon;
  shortcut?: string;
  active: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
}

const tools: readonly Tool[] = [
  {
    label: 'idea.format.bold',
    icon: Bold,
    shortcut: '$mod+b',
    active: (editor) => editor.isActive('bold'),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    label: 'idea.format.italic',
    icon: Italic,
    shortcut: '$mod+i',
    active: (editor) => editor.isActive('italic'),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    label: 'idea.format.strike',
    icon: Strikethrough,
    active: (editor) => editor.isActive('strike'),
    run: (editor) => editor.chain().focus().toggleStrike().run(),
  },
  {
    label: 'idea.format.code',
    icon: Code,
    active: (editor) => editor.isActive('code'),
    run: (editor) => editor.chain().focus().toggleCode().run(),
  },
  {
    label: 'idea.format.heading',
    icon: Heading2,
    active: (editor) => editor.isActive('heading'),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    label: 'idea.format.bullets',
    icon: List,
    active: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    label: 'idea.format.numbers',
    icon: ListOrdered,
    active: (editor) => editor.isActive('orderedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    label: 'idea.format.tasks',
    icon: ListChecks,
    active: (editor) => editor.isActive('taskList'),
    run: (editor) => editor.chain().focus().toggleTaskList().run(),
  },
  {
    label: 'idea.format.quote',
    icon: Quote,
    active: (editor) => editor.isActive('blockquote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    label: 'idea.format.codeBlock',
    icon: SquareCode,
    active: (editor) => editor.isActive('codeBlock'),
    run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
  },
  {
    label: 'idea.format.table',
    icon: Table,
    active: (editor) => editor.isActive('table'),
    run: (editor) =>
      editor.isActive('table')
        ? editor.chain().focus().addRowAfter().run()
        : editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
];

/** Formats what is selected; appears beside the selection. */
export function SelectionToolbar({ editor }: { editor: Editor }) {
  const [linking, setLinking] = useState(false);
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      tools: tools.map((tool) => tool.active(now)),
      link: now.isActive('link'),
    }),
  });
  const toggleLink = () => {
    if (active.link) editor.chain().focus().unsetLink().run();
    else setLinking(true);
  };
  return (
    <BubbleMenu
      editor={editor}
      className={css.toolbar}
      role="toolbar"
      aria-label={t('idea.format.toolbar')}
      options={{ placement: 'top-start', offset: 6, onHide: () => setLinking(false) }}
    >
      {linking ? (
        <LinkForm
          onDone={(href) => {
            setLinking(false);
            if (href) editor.chain().focus().setLink({ href }).run();
            else editor.commands.focus();
          }}
        />
      ) : (
        <>
          {tools.map((tool, at) => (
            <IconButton
              key={String(tool.label)}
              size="tiny"
              label={t(tool.label)}
              icon={tool.icon}
              shortcut={tool.shortcut}
              pressed={active.tools[at] ?? false}
              onClick={() => tool.run(editor)}
            />
          ))}
          <IconButton
            size="tiny"
            label={t('idea.format.link')}
            icon={LinkIcon}
            pressed={active.link}
            onClick={toggleLink}
          />
        </>
      )}
    </BubbleMenu>
  );
}

function LinkForm({ onDone }: { onDone: (href: string | undefined) => void }) {
  const [text, setText] = useState('');
  const address = /^[a-z]+:/i.test(text) || text.startsWith('/') ? text : `https://${text}`;
  const href = text.trim() === '' ? undefined : safeHref(address);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onDone(href);
  };
  return (
    <form className={css.link} onSubmit={submit}>
      <TextField
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="https://"
        aria-label={t('idea.format.address')}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone(undefined);
        }}
      />
      <Button type="submit" tone="primary" disabled={!href}>
        {t('idea.format.link')}
      </Button>
    </form>
  );
}

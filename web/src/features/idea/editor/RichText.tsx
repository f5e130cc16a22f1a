import { type Editor, EditorContent, useEditor } from '@tiptap/react';
import { type Ref, useImperativeHandle, useRef } from 'react';
import { cx } from '@/lib/cx.ts';
import prose from '@/views/shared/markdown/prose.module.css';
import { richExtensions } from './extensions.ts';
import { looksLikeMarkdown, tidyMarkdown } from './markdown-text.ts';
import css from './RichText.module.css';
import { SelectionToolbar } from './SelectionToolbar.tsx';

/** What the surroundings may ask of the editor. */
export interface RichTextHandle {
  /** The text as Markdown. */
  markdown: () => string;
}

/** Props of RichText. */
export interface RichTextProps {
  /** The text to begin with, as Markdown. */
  markdown: string;
  label: string;
  placeholder: string;
  handle: Ref<RichTextHandle>;
  /** Called with the text as the editor would write it unchanged, once it is there. */
  onReady: (markdown: string) => void;
  onChange: () => void;
}

/** An editor of formatted text that reads and writes Markdown. */
export default function RichText({ markdown, label, placeholder, handle, onReady, onChange }: RichTextProps) {
  const shown = useRef<Editor | null>(null);
  const editor = useEditor({
    extensions: richExtensions(placeholder),
    content: markdown,
    contentType: 'markdown',
    // Styles come from the style sheet; the content security policy allows no others.
    injectCSS: false,
    autofocus: 'end',
    editorProps: {
      attributes: {
        'aria-label': label,
        'aria-multiline': 'true',
        role: 'textbox',
        class: cx(prose.prose, css.text),
      },
      handlePaste: (_view, event) => {
        const text = event.clipboardData?.getData('text/plain') ?? '';
        const rich = event.clipboardData?.types.includes('text/html') ?? false;
        if (rich || !looksLikeMarkdown(text)) return false;
        return shown.current?.commands.insertContent(text, { contentType: 'markdown' }) ?? false;
      },
    },
    onCreate: ({ editor: made }) => {
      shown.current = made;
      onReady(tidyMarkdown(made.getMarkdown()));
    },
    onUpdate: onChange,
  });
  useImperativeHandle(handle, () => ({ markdown: () => tidyMarkdown(editor.getMarkdown()) }), [editor]);
  return (
    <div className={css.editor}>
      <SelectionToolbar editor={editor} />
      <EditorContent editor={editor} />
    </div>
  );
}

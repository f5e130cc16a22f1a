import '@/lib/messages/later/talk.ts';
import { type Editor, EditorContent, useEditor } from '@tiptap/react';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { cx } from '@/lib/cx.ts';
import prose from '@/views/shared/markdown/prose.module.css';
import type { Attached } from '@/views/shared/talk/talk-calls.ts';
import { Completer } from './Completer.tsx';
import { useEditorFiles } from './editor-files.ts';
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
  /** Files were pasted or dropped; `onAttached` puts each into the text. */
  onFiles: (files: readonly File[], onAttached: (file: Attached) => void) => void;
}

/** An editor of formatted text that reads and writes Markdown. */
export default function RichText(props: RichTextProps) {
  const { markdown, label, placeholder, handle, onReady, onChange, onFiles } = props;
  const shown = useRef<Editor | null>(null);
  const files = useEditorFiles(onFiles);
  const [ready, setReady] = useState(false);
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
      handleDrop: (view, event, _slice, moved) => !moved && files.drop(shown.current, view, event),
      handlePaste: (view, event) => {
        if (files.paste(shown.current, view, event)) return true;
        const text = event.clipboardData?.getData('text/plain') ?? '';
        const rich = event.clipboardData?.types.includes('text/html') ?? false;
        if (rich || !looksLikeMarkdown(text)) return false;
        return shown.current?.commands.insertContent(text, { contentType: 'markdown' }) ?? false;
      },
    },
    onCreate: ({ editor: made }) => {
      shown.current = made;
      setReady(true);
      onReady(tidyMarkdown(made.getMarkdown()));
    },
    onUpdate: onChange,
    onTransaction: ({ transaction }) => files.follow((at) => transaction.mapping.map(at)),
  });
  useImperativeHandle(handle, () => ({ markdown: () => tidyMarkdown(editor.getMarkdown()) }), [editor]);
  return (
    <div className={css.editor}>
      <SelectionToolbar editor={editor} />
      <EditorContent editor={editor} />
      {ready && <Completer editor={editor} />}
    </div>
  );
}

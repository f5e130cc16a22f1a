import { TaskItem, TaskList } from '@tiptap/extension-list';
import { TableKit } from '@tiptap/extension-table';
import { Placeholder } from '@tiptap/extensions';
import { Markdown } from '@tiptap/markdown';
import { StarterKit } from '@tiptap/starter-kit';
import { safeHref } from '@/views/shared/markdown/inline.ts';
import { PictureName } from './image.ts';

/** What a description can hold; all of it can be written as Markdown. */
export function richExtensions(placeholder: string) {
  return [
    StarterKit.configure({
      underline: false,
      link: {
        openOnClick: false,
        // Mentions and attached files are links to ids; see the mentions of Markdown.
        isAllowedUri: (uri) => safeHref(uri) !== undefined || /^cairn:(person|idea|file)\/\d+$/.test(uri),
        HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank' },
      },
    }),
    TaskList,
    TaskItem.configure({ nested: true }),
    TableKit.configure({ table: { resizable: false } }),
    PictureName,
    Placeholder.configure({ placeholder }),
    Markdown.configure({ markedOptions: { gfm: true } }),
  ];
}

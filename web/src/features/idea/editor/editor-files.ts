import type { EditorView } from '@tiptap/pm/view';
import type { Editor } from '@tiptap/react';
import { useRef } from 'react';
import type { Attached } from '@/views/shared/talk/talk-calls.ts';

/** Files that were pasted or dropped. Text that comes with a picture of itself, as from a sheet, is text. */
function filesOf(data: DataTransfer | null): File[] {
  const html = data?.getData('text/html') ?? '';
  const words = new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? '';
  return words === '' ? [...(data?.files ?? [])] : [];
}

/** Where in the text a file is to stand once it is attached. */
interface Place {
  at: number;
}

/** Puts an attached file into the text: an image is shown, anything else is a link. */
function insert(editor: Editor, { at }: Place, { id, name, inline }: Attached): void {
  const address = `cairn:file/${id}`;
  editor.commands.insertContentAt(
    Math.min(at, editor.state.doc.content.size),
    inline
      ? { type: 'image', attrs: { src: address, alt: name } }
      : { type: 'text', text: name, marks: [{ type: 'link', attrs: { href: address } }] },
  );
}

/** Takes pasted and dropped files; each stands where it was put, also when one has gone on writing meanwhile. */
export function useEditorFiles(
  onFiles: (files: readonly File[], onAttached: (file: Attached) => void) => void,
) {
  const places = useRef(new Set<Place>());
  const take = (editor: Editor | null, files: readonly File[], at: number): boolean => {
    if (!editor || files.length === 0) return false;
    const place = { at };
    places.current.add(place);
    onFiles(files, (file) => {
      if (!editor.isDestroyed) insert(editor, place, file);
    });
    return true;
  };
  return {
    paste: (editor: Editor | null, view: EditorView, event: ClipboardEvent) =>
      take(editor, filesOf(event.clipboardData), view.state.selection.from),
    drop: (editor: Editor | null, view: EditorView, event: DragEvent) => {
      const files = filesOf(event.dataTransfer);
      const there = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
      const taken = take(editor, files, there ?? view.state.selection.from);
      if (taken) event.preventDefault();
      return taken;
    },
    /** Keeps the places in step with the text. */
    follow: (map: (at: number) => number) => {
      for (const place of places.current) place.at = map(place.at);
    },
  };
}

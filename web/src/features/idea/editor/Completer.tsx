import type { Editor } from '@tiptap/react';
import { useEffect, useId, useState } from 'react';
import { useLatest } from '@/lib/latest.ts';
import { type Completing, completingAt } from '@/views/shared/markdown/mention-text.ts';
import { Offers } from '@/views/shared/talk/Offers.tsx';
import { type Completion, useCompletion } from '@/views/shared/talk/use-completion.ts';

/** What is being completed in the editor, and where. */
interface Place extends Completing {
  /** The end of what is typed. */
  to: number;
  /** Below the line, in dots from the top of the text. */
  top: number;
}

/** What the words before the caret ask to complete; not in code, and what is a link already is left alone. */
function placeIn(editor: Editor): Place | undefined {
  const { selection } = editor.state;
  const { $from } = selection;
  if (
    !selection.empty ||
    !$from.parent.isTextblock ||
    editor.isActive('code') ||
    editor.isActive('codeBlock')
  )
    return undefined;
  let text = '';
  $from.parent.forEach((node) => {
    const plain = node.isText && !node.marks.some(({ type }) => type.name === 'link');
    text += plain ? node.text : '\ufffc'.repeat(node.nodeSize);
  });
  const found = completingAt(text, $from.parentOffset);
  if (!found) return undefined;
  const from = $from.start() + found.from;
  const top = editor.view.coordsAtPos(from).bottom - editor.view.dom.getBoundingClientRect().top + 4;
  return { ...found, from, to: selection.from, top };
}

/** Follows what is being completed, until it is put off with Escape. */
function usePlace(editor: Editor) {
  const [place, setPlace] = useState<Place>();
  const [off, setOff] = useState<string>();
  useEffect(() => {
    const look = () =>
      setPlace((was) => {
        const next = editor.isFocused ? placeIn(editor) : undefined;
        return was?.from === next?.from && was?.query === next?.query && was?.top === next?.top ? was : next;
      });
    const leave = () => setPlace(undefined);
    editor.on('transaction', look);
    editor.on('blur', leave);
    return () => {
      editor.off('transaction', look);
      editor.off('blur', leave);
    };
  }, [editor]);
  const name = place && `${place.from} ${place.sign}${place.query}`;
  return { place: name === off ? undefined : place, name, putOff: () => setOff(name) };
}

/** Offers people after @ and ideas after # while one writes in the editor. */
export function Completer({ editor }: { editor: Editor }) {
  const id = useId();
  const { place, name, putOff } = usePlace(editor);
  const [marked, setMarked] = useState<{ name: string | undefined; n: number }>();
  const offers = useCompletion(place);
  const chosen = Math.min(marked?.name === name ? (marked?.n ?? 0) : 0, offers.length - 1);
  const take = (offer: Completion) => {
    if (!place) return;
    const href = `cairn:${offer.target.kind}/${offer.target.id}`;
    editor
      .chain()
      .focus()
      .insertContentAt({ from: place.from, to: place.to }, [
        { type: 'text', text: offer.typed, marks: [{ type: 'link', attrs: { href } }] },
        { type: 'text', text: ' ' },
      ])
      .run();
  };
  const onKey = useLatest((event: KeyboardEvent) => {
    const offer = offers[chosen];
    if (!offer || event.isComposing || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const move = { ArrowDown: 1, ArrowUp: offers.length - 1 }[event.key];
    if (move !== undefined) setMarked({ name, n: (chosen + move) % offers.length });
    else if (event.key === 'Enter' || event.key === 'Tab') take(offer);
    else if (event.key === 'Escape') putOff();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const text = editor.view.dom;
    // Before the editor itself hears of the key.
    const hear = (event: KeyboardEvent) => onKey()(event);
    text.addEventListener('keydown', hear, true);
    return () => text.removeEventListener('keydown', hear, true);
  }, [editor, onKey]);
  const open = offers.length > 0;
  useEffect(() => {
    const text = editor.view.dom;
    const tell = (attribute: string, value: string | undefined) =>
      value === undefined ? text.removeAttribute(attribute) : text.setAttribute(attribute, value);
    tell('aria-autocomplete', 'list');
    tell('aria-controls', open ? id : undefined);
    tell('aria-activedescendant', open ? `${id}-${chosen}` : undefined);
  }, [editor, open, id, chosen]);
  if (!open || !place) return null;
  return (
    <Offers id={id} offers={offers} chosen={chosen} onTake={take} style={{ insetBlockStart: place.top }} />
  );
}

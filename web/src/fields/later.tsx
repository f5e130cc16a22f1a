import { type ComponentType, type KeyboardEvent, Suspense, useEffect, useRef } from 'react';
import { holdKeys } from '@/lib/hold-keys.ts';
import { soonPart } from '@/lib/lazy-part.ts';
import css from './fields.module.css';
import type { EditorProps } from './types.ts';

/**
 * An editor in a file of its own, fetched soon after the first rows are shown. Opened before it is there, it appears
 * when it is, and what is typed meanwhile goes into it.
 */
export function laterEditor(
  load: () => Promise<{ default: ComponentType<EditorProps> }>,
): ComponentType<EditorProps> {
  const Part = soonPart(load);
  return function LaterEditor(props: EditorProps) {
    return (
      <Suspense fallback={<Coming onCancel={props.onCancel} />}>
        <Part {...props} />
      </Suspense>
    );
  };
}

/** Stands in for an editor that is on its way: holds the keys, and can be left with Esc. */
function Coming({ onCancel }: Pick<EditorProps, 'onCancel'>) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    // Beyond this element, until the editor has the focus.
    holdKeys(5_000, 'focus');
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits
    <span ref={element} className={css.coming} tabIndex={-1} onKeyDown={onKeyDown} />
  );
}

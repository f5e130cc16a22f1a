import { type KeyboardEvent, type RefObject, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useLocation, useSearch } from 'wouter';
import { ideaAddress } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import { Similar } from './Similar.tsx';
import css from './similar.module.css';

/** Props of SimilarBeside. */
export interface SimilarBesideProps {
  title: string;
  /** The line in which the title is typed. */
  line: RefObject<HTMLInputElement | null>;
  /** Called before an idea is opened: what was typed is not wanted any more. */
  onLeave: () => void;
}

/** Similar ideas below a line that adds one, or above it where there is no room; the arrow keys lead into them. */
export default function SimilarBeside({ title, line, onLeave }: SimilarBesideProps) {
  const { project } = useProject();
  const [path, go] = useLocation();
  const search = useSearch();
  const open = (key: string) => {
    onLeave();
    go(ideaAddress(key, path, search));
  };
  return (
    <Similar project={project.key} title={title} onOpen={open}>
      {(ideas) => createPortal(<Beside line={line}>{ideas}</Beside>, document.body)}
    </Similar>
  );
}

const gap = 4;
const room = 190;

interface Place {
  left: number;
  width: number;
  top?: number;
  bottom?: number;
}

function placeOf(line: HTMLInputElement): Place {
  const { left, width, top, bottom } = line.getBoundingClientRect();
  const where = { left: Math.max(8, Math.min(left, innerWidth - 290)), width: Math.max(280, width) };
  return innerHeight - bottom > room
    ? { ...where, top: bottom + gap }
    : { ...where, bottom: innerHeight - top + gap };
}

function Beside({ line, children }: { line: SimilarBesideProps['line']; children: React.ReactNode }) {
  const [place, setPlace] = useState<Place>();
  const [box, setBox] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const input = line.current;
    if (!input) return;
    const put = () => setPlace(placeOf(input));
    const enter = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      const all = box?.querySelectorAll('button') ?? [];
      event.preventDefault();
      event.stopPropagation();
      all[event.key === 'ArrowDown' ? 0 : all.length - 1]?.focus();
    };
    put();
    input.addEventListener('keydown', enter);
    window.addEventListener('scroll', put, true);
    window.addEventListener('resize', put);
    return () => {
      input.removeEventListener('keydown', enter);
      window.removeEventListener('scroll', put, true);
      window.removeEventListener('resize', put);
    };
  }, [line, box]);
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') line.current?.focus();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const all = [...(box?.querySelectorAll('button') ?? [])];
    const next = all.indexOf(event.target as HTMLButtonElement) + (event.key === 'ArrowDown' ? 1 : -1);
    (all[next] ?? line.current)?.focus();
  };
  if (!place) return null;
  const { left, width, top, bottom } = place;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons within are what is acted on
    <div
      ref={setBox}
      role="presentation"
      data-similar=""
      className={css.beside}
      style={{ left, minWidth: width, top, bottom }}
      // The line keeps the focus, so that a click does not add what was typed.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={keys}
    >
      {children}
    </div>
  );
}

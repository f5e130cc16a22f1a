import css from './gallery.module.css';

/** A small drawing of what a kind of view looks like; decoration. */
export function KindPicture({ kind }: { kind: string }) {
  return (
    <svg className={css.picture} viewBox="0 0 96 56" aria-hidden="true">
      {kind === 'board' && <Board />}
      {kind === 'matrix' && <Matrix />}
      {kind === 'timeline' && <Timeline />}
      {kind === 'tree' && <Tree />}
      {!['board', 'matrix', 'timeline', 'tree'].includes(kind) && <List />}
    </svg>
  );
}

function List() {
  return [10, 20, 30, 40].map((y, at) => (
    <g key={y}>
      <rect x="10" y={y} width={at % 2 ? 34 : 42} height="5" rx="2" className={css.ink} />
      <rect x="60" y={y} width="12" height="5" rx="2" className={css.accent} />
      <rect x="76" y={y} width="10" height="5" rx="2" className={css.soft} />
    </g>
  ));
}

function Board() {
  return [10, 38, 66].map((x, at) => (
    <g key={x}>
      <rect x={x} y="8" width="14" height="3" rx="1.5" className={css.ink} />
      <rect x={x} y="15" width="22" height="11" rx="2" className={at === 0 ? css.accent : css.soft} />
      <rect x={x} y="29" width="22" height="11" rx="2" className={css.soft} />
      {at === 0 && <rect x={x} y="43" width="22" height="7" rx="2" className={css.soft} />}
    </g>
  ));
}

function Matrix() {
  return (
    <>
      <path d="M48 6v44M10 28h76" className={css.line} />
      <circle cx="24" cy="16" r="5" className={css.accent} />
      <circle cx="38" cy="21" r="3" className={css.soft} />
      <circle cx="66" cy="15" r="6" className={css.soft} />
      <circle cx="30" cy="41" r="3.5" className={css.soft} />
      <circle cx="74" cy="42" r="4" className={css.soft} />
    </>
  );
}

function Timeline() {
  return (
    <>
      <path d="M34 6v44M60 6v44" className={css.line} />
      <rect x="12" y="11" width="30" height="6" rx="3" className={css.accent} />
      <rect x="28" y="22" width="26" height="6" rx="3" className={css.soft} />
      <rect x="46" y="33" width="36" height="6" rx="3" className={css.soft} />
      <rect x="20" y="43" width="18" height="6" rx="3" className={css.soft} />
    </>
  );
}

function Tree() {
  return (
    <>
      <path d="M30 28h14M44 14v28M44 14h10M44 28h10M44 42h10" className={css.line} />
      <rect x="10" y="23" width="22" height="10" rx="2" className={css.accent} />
      <rect x="56" y="9" width="28" height="9" rx="2" className={css.soft} />
      <rect x="56" y="23" width="28" height="9" rx="2" className={css.soft} />
      <rect x="56" y="37" width="28" height="9" rx="2" className={css.soft} />
    </>
  );
}

import css from './Skeleton.module.css';

/** Props of Skeleton. */
export interface SkeletonProps {
  /** CSS lengths; a full line of text unless told. */
  width?: string;
  height?: string;
  round?: boolean;
}

/** The shape of what is about to come; appears only after 300 ms, so that quick answers do not flicker. */
export function Skeleton({ width = '100%', height = '1em', round }: SkeletonProps) {
  return (
    <span
      className={css.skeleton}
      style={{ inlineSize: width, blockSize: height, borderRadius: round ? '50%' : undefined }}
      aria-hidden="true"
    />
  );
}

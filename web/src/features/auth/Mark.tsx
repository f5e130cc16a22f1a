import css from './AuthLayout.module.css';

/** Cairn's mark: three stones. */
export function Mark() {
  return (
    <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" className={css.mark}>
      <rect width="40" height="40" rx="10" className={css.ground} />
      <ellipse cx="20" cy="29" rx="11.9" ry="4.5" />
      <ellipse cx="19.2" cy="20" rx="8.5" ry="3.8" opacity="0.86" />
      <ellipse cx="20.5" cy="12" rx="5.3" ry="3.1" opacity="0.72" />
    </svg>
  );
}

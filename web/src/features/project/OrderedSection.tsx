import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ApiError } from '@/api/error.ts';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import css from './project.module.css';

interface OrderedSectionProps {
  /** What is listed, in a sentence. */
  text: string;
  /** The button that adds a line. */
  add: string;
  /** Absent where nothing may be added. */
  onAdd: (() => void) | undefined;
  failure: ApiError | undefined;
  /** What was said last about a line that was moved. */
  said: string;
  /** What is shown for want of lines. */
  empty: ReactNode;
  lines: readonly ReactNode[];
  /** What follows the list. */
  children: ReactNode;
}

/** A list in an order of its own, under what it is and how to add to it. */
export function OrderedSection(props: OrderedSectionProps) {
  const { text, add, onAdd, failure, said, empty, lines, children } = props;
  return (
    <div className={css.section}>
      <div className={css.sectionHead}>
        <p className={css.text}>{text}</p>
        {onAdd && (
          <Button tone="primary" icon={Plus} onClick={onAdd}>
            {add}
          </Button>
        )}
      </div>
      {failure && <Banner tone="danger">{failure.message}</Banner>}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {lines.length === 0 ? empty : <ul className={css.list}>{lines}</ul>}
      {children}
    </div>
  );
}

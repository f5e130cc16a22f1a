import { type CSSProperties, useEffect, useRef } from 'react';
import { cx } from '@/lib/cx.ts';
import { t } from '@/lib/i18n.ts';
import { Avatar } from '@/ui/Avatar.tsx';
import popup from '@/ui/popup.module.css';
import css from './talk.module.css';
import type { Completion } from './use-completion.ts';

/** Props of Offers. */
export interface OffersProps {
  /** The element's id, with which the options' begin. */
  id: string;
  offers: readonly Completion[];
  /** The one that Enter takes. */
  chosen: number;
  onTake: (offer: Completion) => void;
  /** Where it stands, unless it is below what it belongs to. */
  style?: CSSProperties | undefined;
}

/** The people or ideas that complete what is typed. */
export function Offers({ id, offers, chosen, onTake, style }: OffersProps) {
  const box = useRef<HTMLDivElement>(null);
  // At the end of a page the offers may begin below the screen.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div
      ref={box}
      id={id}
      role="listbox"
      aria-label={t('talk.offers')}
      className={cx(popup.popup, css.offers)}
      style={style}
    >
      {offers.map((offer, n) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the text
        <div
          key={`${offer.target.kind}-${offer.target.id}`}
          id={`${id}-${n}`}
          role="option"
          aria-selected={n === chosen}
          data-highlighted={n === chosen || undefined}
          className={popup.item}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
        >
          {offer.target.kind === 'person' && <Avatar name={offer.typed.slice(1)} decorative />}
          <span className={offer.target.kind === 'person' ? popup.label : css.key}>
            {offer.typed.replace(/^@/, '').replace(/ \(.*\)$/, '')}
          </span>
          {offer.hint && <span className={cx(popup.hint, css.hint)}>{offer.hint}</span>}
        </div>
      ))}
    </div>
  );
}

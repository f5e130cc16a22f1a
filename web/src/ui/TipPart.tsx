import { Tooltip as Base } from '@base-ui/react/tooltip';
import { useState } from 'react';
import { Kbd } from './Kbd.tsx';
import css from './Tooltip.module.css';
import { type ShownTip, tips } from './tips.ts';

/** Props of TipPart. */
export interface TipPartProps {
  shown: ShownTip | null;
}

/** The explanation that is shown. */
export default function TipPart({ shown }: TipPartProps) {
  // What is on its way out still says what it said.
  const [last, setLast] = useState(shown);
  if (shown && shown !== last) setLast(shown);
  const tip = shown ?? last;
  if (!tip) return null;
  return (
    <Base.Root open={shown !== null} onOpenChange={(open) => open || tips.hide()}>
      {/* Within what floats around its control, so that it is above that. */}
      <Base.Portal container={tip.anchor.closest<HTMLElement>('[data-base-ui-portal]') ?? document.body}>
        <Base.Positioner
          anchor={tip.anchor}
          side={tip.side}
          sideOffset={6}
          collisionPadding={8}
          className={css.positioner}
        >
          <Base.Popup
            className={css.popup}
            aria-hidden="true"
            data-instant={tip.instant || undefined}
            onPointerEnter={tips.stay}
            onPointerLeave={tips.leave}
          >
            {tip.content}
            {tip.shortcut && <Kbd keys={tip.shortcut} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

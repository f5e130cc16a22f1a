import { type ReactNode, useState } from 'react';
import { t } from '@/lib/i18n.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { isPast } from './expiry.ts';
import { Revoke, type RevokeProps } from './Revoke.tsx';
import css from './settings.module.css';

/** Props of RevocableLine. */
export interface RevocableLineProps {
  name: string;
  badge: ReactNode;
  expiresAt: string | undefined;
  /** What is known of it. */
  facts: ReactNode;
  /** How it is revoked, and what is asked before. */
  revoking: Omit<RevokeProps, 'onClose'>;
}

/** A line of a list of what stops working on its day, or before when somebody revokes it. */
export function RevocableLine({ name, badge, expiresAt, facts, revoking }: RevocableLineProps) {
  const [asking, setAsking] = useState(false);
  return (
    <li className={css.line}>
      <div className={css.grow}>
        <span className={css.named}>
          <span className={css.name}>{name}</span>
          {badge}
          {isPast(expiresAt) && <Badge tone="danger">{t('settings.expired')}</Badge>}
        </span>
        <span className={css.quiet}>{facts}</span>
      </div>
      <Button aria-label={t('settings.revokeNamed', { name })} onClick={() => setAsking(true)}>
        {t('settings.revoke')}
      </Button>
      {asking && <Revoke {...revoking} onClose={() => setAsking(false)} />}
    </li>
  );
}

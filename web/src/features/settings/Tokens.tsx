import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { formatMoment, formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { Badge } from '@/ui/Badge.tsx';
import { Button } from '@/ui/Button.tsx';
import { EmptyState } from '@/ui/EmptyState.tsx';
import { getTokens, type NewToken, revokeToken, settingsKeys, type Token } from './calls.ts';
import { expiryText } from './expiry.ts';
import { Listing } from './Listing.tsx';
import { NewTokenDialog } from './NewToken.tsx';
import { RevocableLine } from './RevocableLine.tsx';
import { Secret } from './Secret.tsx';
import css from './settings.module.css';

/** One's own API tokens. */
export function Tokens() {
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewToken>();
  const { data, error } = useQuery({
    queryKey: settingsKeys.tokens,
    queryFn: ({ signal }) => getTokens(signal),
  });
  return (
    <div className={css.part}>
      <div className={css.head}>
        <p className={css.text}>{t('settings.tokensText')}</p>
        <Button icon={Plus} onClick={() => setMaking(true)}>
          {t('settings.newToken')}
        </Button>
      </div>
      {made && (
        <Secret
          key={made.id}
          label={t('settings.yourToken', { name: made.name })}
          value={made.secret}
          hint={t('settings.tokenOnce')}
          onDone={() => setMade(undefined)}
        />
      )}
      <Listing
        label={t('settings.tokens')}
        items={data}
        error={error}
        empty={
          <EmptyState icon={KeyRound} title={t('settings.noTokens')}>
            {t('settings.noTokensText')}
          </EmptyState>
        }
      >
        {(token) => (
          <TokenLine
            key={token.id}
            token={token}
            onRevoked={() => setMade((last) => (last?.id === token.id ? undefined : last))}
          />
        )}
      </Listing>
      {making && <NewTokenDialog onMade={setMade} onClose={() => setMaking(false)} />}
    </div>
  );
}

interface TokenLineProps {
  token: Token;
  onRevoked: () => void;
}

function TokenLine({ token, onRevoked }: TokenLineProps) {
  const { name, expiresAt, lastUsed } = token;
  const used = lastUsed
    ? t('settings.lastUsed', { when: formatRelative(lastUsed) })
    : t('settings.neverUsed');
  return (
    <RevocableLine
      name={name}
      badge={
        <Badge tone={token.scope === 'write' ? 'accent' : 'neutral'}>
          {t(`settings.scope.${token.scope}`)}
        </Badge>
      }
      expiresAt={expiresAt}
      facts={
        <>
          <code>{token.prefix}…</code>
          {' · '}
          <span title={lastUsed && formatMoment(lastUsed)}>{used}</span>
          {' · '}
          {expiryText(expiresAt)}
        </>
      }
      revoking={{
        title: t('settings.revokeTokenTitle', { name }),
        text: t('settings.revokeTokenText'),
        done: t('settings.tokenRevoked', { name }),
        revoke: async () => {
          await revokeToken(token.id);
          onRevoked();
        },
        from: settingsKeys.tokens,
      }}
    />
  );
}

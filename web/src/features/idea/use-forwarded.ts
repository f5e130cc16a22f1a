import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { t } from '@/lib/i18n.ts';
import { ideaAddress } from '@/lib/routes.ts';
import { toast } from '@/ui/Toast.tsx';

/** Where the address names an idea that was merged, goes on to the one it is part of, and says so. */
export function useForwarded(asked: string, key: string): void {
  const [path, go] = useLocation();
  const search = useSearch();
  const other = asked.toUpperCase() !== key.toUpperCase() && /^[A-Z][A-Z0-9]*-\d+$/i.test(asked);
  useEffect(() => {
    if (!other) return;
    toast({ title: t('idea.forwarded', { part: asked.toUpperCase(), key }) });
    go(ideaAddress(key, path, search), { replace: true });
  }, [other, asked, key, path, search, go]);
}

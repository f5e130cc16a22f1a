import { type Spot, useHere } from '@/sync/presence.ts';

/** Says where the page is while it is shown. */
export default function Here({ spot }: { spot: Spot }) {
  useHere(spot);
  return null;
}

import AsOf, { type AsOfProps } from './AsOf.tsx';
import SincePanel, { type SincePanelProps } from './SincePanel.tsx';

/** What a view shows of time, loaded together: the panel of what changed, or the line that says it is as it was. */
export default function Since({ panel, asOf }: { panel?: SincePanelProps; asOf?: AsOfProps }) {
  if (panel) return <SincePanel {...panel} />;
  return asOf ? <AsOf {...asOf} /> : null;
}

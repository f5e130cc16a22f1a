import { useId, useState } from 'react';
import { Link } from 'wouter';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { paths, searchKeys } from '@/lib/routes.ts';
import { useProject } from '@/sync/project.tsx';
import { Button } from '@/ui/Button.tsx';
import { ConfirmDialog } from '@/ui/ConfirmDialog.tsx';
import css from './hygiene.module.css';
import { ItemLine, type LineActions } from './ItemLine.tsx';
import { type Finding, type Item, type Kind, type Settings, useFinding } from './use-hygiene.ts';

/** Props of FindingSection. */
export interface FindingSectionProps {
  finding: Finding;
  settings: Settings;
  may: 'read' | 'edit' | 'admin';
  actions: LineActions;
}

const first = 5;
const step = 50;
const most = 200;
const noItems: readonly Item[] = [];

/** Everything of one kind: how much, why it matters, the first of it, and its remedies. */
export function FindingSection({ finding, settings, may, actions }: FindingSectionProps) {
  const kind = finding.kind as Kind;
  const heading = useId();
  const [limit, setLimit] = useState(first);
  const [aside, setAside] = useState(false);
  const { data: more } = useFinding(kind, limit, false, limit > first);
  const { data: put } = useFinding(kind, most, true, aside);
  const shown = limit > first ? more : finding;
  const items = shown?.items ?? finding.items ?? noItems;
  const line = (item: Item) => (
    <ItemLine
      key={item.target}
      kind={kind}
      item={item}
      date={settings.date ?? ''}
      may={may}
      actions={actions}
    />
  );
  return (
    <section className={css.section} aria-labelledby={heading}>
      <header className={css.head}>
        <h2 id={heading} className={css.heading}>
          {t(`hygiene.${kind}`)} <span className={css.count}>{formatNumber(finding.total)}</span>
        </h2>
        <AllOf finding={finding} may={may} actions={actions} />
      </header>
      <Text kind={kind} settings={settings} />
      {finding.total > 0 && <ul className={css.list}>{items.map(line)}</ul>}
      <footer className={css.foot}>
        {items.length < Math.min(finding.total, most) && (
          <Button
            tone="ghost"
            onClick={() => setLimit((last) => Math.min(most, last < step ? step : last + step))}
          >
            {t('hygiene.more')}
          </Button>
        )}
        {finding.ignored > 0 && (
          <Button tone="ghost" aria-expanded={aside} onClick={() => setAside(!aside)}>
            {aside ? t('hygiene.asideHide') : t('hygiene.aside', { n: finding.ignored })}
          </Button>
        )}
      </footer>
      {aside && put?.items && put.items.length > 0 && (
        <ul className={css.list} data-aside>
          {put.items.map(line)}
        </ul>
      )}
    </section>
  );
}

function Text({ kind, settings }: { kind: Kind; settings: Settings }) {
  const { fields } = useProject();
  const name = (ref?: string) => fields.find((field) => field.ref === ref)?.name ?? '';
  const ref = kind === 'past_date' ? settings.date : settings.score;
  const n = kind === 'untriaged' ? settings.days : settings.months;
  return <p className={css.text}>{t(`hygiene.${kind}.text`, { field: name(ref), n: n ?? 0 })}</p>;
}

/** What can be done with all of a kind: seen as a list, archived. */
function AllOf({ finding, may, actions }: Pick<FindingSectionProps, 'finding' | 'may' | 'actions'>) {
  const { project, views } = useProject();
  const [asking, ask] = useState(false);
  const list = views.find(({ kind }) => kind === 'list');
  const { data } = useFinding('untouched', most, false, asking);
  const ids = (data?.items ?? noItems).flatMap(({ idea }) => (idea ? [idea.id] : []));
  return (
    <div className={css.remedies}>
      {finding.kind === 'untouched' && may !== 'read' && finding.total > 1 && (
        <Button tone="ghost" onClick={() => ask(true)}>
          {t('hygiene.archiveAll', { n: Math.min(finding.total, most) })}
        </Button>
      )}
      {finding.filter && list && finding.total > 0 && (
        <Link
          className={css.link}
          href={`${paths.view(project.key, list.id)}?${searchKeys.filter}=${encodeURIComponent(JSON.stringify(finding.filter))}`}
        >
          {t('hygiene.showAll')}
        </Link>
      )}
      {asking && ids.length > 0 && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && ask(false)}
          title={t('hygiene.archiveAllTitle', { n: ids.length })}
          confirm={t('hygiene.archive')}
          onConfirm={() => {
            ask(false);
            actions.remedies.archiveAll(ids);
          }}
        >
          {t('hygiene.archiveAllText')}
        </ConfirmDialog>
      )}
    </div>
  );
}

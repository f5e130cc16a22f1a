import '@/lib/messages/later/insights.ts';
import { useRef, useState } from 'react';
import type { components } from '@/api/schema.d.ts';
import { t } from '@/lib/i18n.ts';
import { useInsightWriter } from '@/sync/insights.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Dialog } from '@/ui/Dialog.tsx';
import { Select } from '@/ui/Select.tsx';
import { toast } from '@/ui/Toast.tsx';
import css from './import.module.css';

type Found = components['schemas']['ImportInsightsOutBody'];

/** Where a column may go; nothing is left out. */
const targets = [
  '',
  'title',
  'note',
  'person',
  'email',
  'company',
  'on',
  'importance',
  'direction',
  'reliability',
  'labels',
  'url',
  'ideas',
  'id',
] as const;

interface Chosen {
  name: string;
  data: string;
}

async function chosen(file: File): Promise<Chosen> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return { name: file.name, data: btoa(text) };
}

/** Records the insights of a file: what is in it, where its columns go, what would happen, and then that. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const { session } = useProject();
  const writer = useInsightWriter();
  const [file, setFile] = useState<Chosen>();
  const [found, setFound] = useState<Found>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const asked = useRef(0);
  const look = async (at: Chosen, to?: string[]) => {
    const mine = ++asked.current;
    setBusy(true);
    setError('');
    try {
      const answer = await writer.tryFile({ ...at, to });
      if (mine === asked.current) setFound(answer);
    } catch (cause) {
      if (mine !== asked.current) return;
      setError(cause instanceof Error ? cause.message : String(cause));
      if (!to) setFound(undefined);
    } finally {
      if (mine === asked.current) setBusy(false);
    }
  };
  const columns = found?.columns ?? [];
  const to = columns.map((column) => column.to);
  const says = to.includes('title') || to.includes('note');
  const choose = (at: number, next: string) => {
    if (!found || !file) return;
    // Each target but labels has one column.
    const moved = to.map((one, index) =>
      index === at ? next : one === next && next !== 'labels' ? '' : one,
    );
    setFound({ ...found, columns: columns.map((column, index) => ({ ...column, to: moved[index] ?? '' })) });
    if (moved.includes('title') || moved.includes('note')) void look(file, moved);
  };
  const run = async () => {
    if (!file) return;
    setBusy(true);
    try {
      const { done, group } = await writer.addFile({ ...file, to });
      toast({
        title: t('insights.importDone', { created: done.created, updated: done.updated }),
        description: done.skipped ? t('insights.importSkipped', { n: done.skipped }) : undefined,
        undo: () => void session.undoGroup(group),
      });
      onClose();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      size="large"
      onOpenChange={(open) => !open && onClose()}
      title={t('insights.importTitle')}
      description={t('insights.importHint')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            tone="primary"
            busy={busy}
            disabled={!found || !says || found.created + found.updated + found.links === 0}
            onClick={() => void run()}
          >
            {t('insights.importRun', { n: found?.created ?? 0 })}
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <label className={css.form}>
          {t('insights.importFile')}
          <input
            className={css.file}
            type="file"
            accept=".csv,.tsv,.txt,.xlsx,.json"
            onChange={(event) => {
              const picked = event.currentTarget.files?.[0];
              if (!picked) return;
              void chosen(picked).then((next) => {
                setFile(next);
                void look(next);
              });
            }}
          />
        </label>
        {error && <Banner tone="danger">{error}</Banner>}
        {found && <Columns found={found} onChoose={choose} />}
        {found && !says && <Banner>{t('insights.importSays')}</Banner>}
        {found && says && <Outcome found={found} />}
      </div>
    </Dialog>
  );
}

function Columns({ found, onChoose }: { found: Found; onChoose: (at: number, to: string) => void }) {
  const options = targets.map((value) => ({
    value: value as string,
    label: t(`insights.importTo.${value === '' ? 'nowhere' : value}`),
  }));
  return (
    <ul className={css.columns} aria-label={t('insights.importColumns')}>
      {(found.columns ?? []).map(({ name, samples, to }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns may share a name; their place is their identity
        <li key={at} className={css.column}>
          <span className={css.from}>
            <span className={css.name}>{name}</span>
            <span className={css.samples}>{(samples ?? []).join(' · ')}</span>
          </span>
          <Select
            aria-label={t('insights.importWhere', { column: name })}
            options={options}
            value={to}
            onValueChange={(next) => onChoose(at, next)}
          />
        </li>
      ))}
    </ul>
  );
}

/** What importing would do, and which rows it would leave out. */
function Outcome({ found }: { found: Found }) {
  const { created, updated, unchanged, customers, links, skipped } = found;
  const parts = [
    t('insights.importNew', { n: created }),
    updated > 0 && t('insights.importUpdated', { n: updated }),
    unchanged > 0 && t('insights.importUnchanged', { n: unchanged }),
    customers > 0 && t('insights.importCustomers', { n: customers }),
    links > 0 && t('insights.importLinks', { n: links }),
  ];
  return (
    <section className={css.outcome} aria-label={t('insights.importOutcome')} aria-live="polite">
      <p className={css.sum}>{parts.filter(Boolean).join(' · ')}</p>
      {skipped > 0 && (
        <details>
          <summary>{t('insights.importSkipped', { n: skipped })}</summary>
          <ul className={css.problems}>
            {(found.problems ?? []).map(({ line, message }) => (
              <li key={line}>{t('insights.importProblem', { line, message })}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

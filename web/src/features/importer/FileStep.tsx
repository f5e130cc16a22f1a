import { Upload } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { formatBytes } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import { Banner } from '@/ui/Banner.tsx';
import { Button } from '@/ui/Button.tsx';
import { Field } from '@/ui/Field.tsx';
import { Icon } from '@/ui/Icon.tsx';
import { ProgressBar } from '@/ui/ProgressBar.tsx';
import { Segments } from '@/ui/Segments.tsx';
import { dryRunImport, stageImport } from './calls.ts';
import { type Home, useHome } from './home.ts';
import css from './importer.module.css';
import { PasteBox } from './PasteBox.tsx';
import type { Split } from './paste.ts';
import { RunList } from './RunList.tsx';
import { Steps } from './Steps.tsx';
import type { Step } from './stage.ts';
import { useDoing, useKeepRun } from './use-runs.ts';

/** The first step: choose a file or paste a text, or go on with an earlier import. */
export function FileStep({ onOpen }: { onOpen: (run: number, step?: Step) => void }) {
  const { project } = useProject();
  const { home, pastes, choose } = useHome();
  const [rows, setRows] = useState<'companies' | 'people'>('companies');
  const doing = useDoing();
  const { keep } = useKeepRun();
  const [file, setFile] = useState<File>();
  const sending = useRef<AbortController>(undefined);
  useEffect(() => () => sending.current?.abort(), []);

  const upload = async (chosen: File, by?: Split) => {
    setFile(chosen);
    const abort = new AbortController();
    sending.current = abort;
    const subject = home === 'customers' ? rows : home;
    // Where the parts of a text go is known; the columns of a table are to be seen first.
    const known = by === 'lines' || by === 'blocks';
    const detail = await doing.run(async () => {
      const staged = await stageImport(project.key, subject, chosen, abort.signal);
      return known ? dryRunImport(staged.id) : staged;
    });
    if (!detail) return;
    keep(detail);
    onOpen(detail.id, known ? 'check' : undefined);
  };
  const pasting = home === 'insights' && pastes;
  return (
    <>
      <Steps at="file" />
      {doing.failure && (
        <Banner
          tone="danger"
          title={t('importer.notRead', { file: file?.name ?? '' })}
          actions={file && <Button onClick={() => void upload(file)}>{t('shell.crash.retry')}</Button>}
        >
          {doing.failure.message}
        </Banner>
      )}
      {home === 'insights' && (
        <Segments
          className={css.from}
          label={t('importer.from')}
          options={[
            { value: 'file', label: t('importer.from.file') },
            { value: 'text', label: t('importer.from.text') },
          ]}
          value={pasting ? 'text' : 'file'}
          onValueChange={(from) => choose(from === 'text')}
        />
      )}
      {home === 'customers' && (
        <Field label={t('importer.rowsAre')}>
          <Segments
            className={css.from}
            label={t('importer.rowsAre')}
            options={[
              { value: 'companies', label: t('importer.rowsAre.companies') },
              { value: 'people', label: t('importer.rowsAre.people') },
            ]}
            value={rows}
            onValueChange={setRows}
          />
        </Field>
      )}
      {pasting && <PasteBox busy={doing.busy} onFile={(text, by) => void upload(text, by)} />}
      {pasting ? null : doing.busy && file ? (
        <div className={css.card} aria-live="polite">
          <ProgressBar
            label={t('importer.uploading', { file: file.name, size: formatBytes(file.size) })}
            done={null}
            total={1}
          />
          <div className={css.foot}>
            <Button onClick={() => sending.current?.abort()}>{t('ui.cancel')}</Button>
          </div>
        </div>
      ) : (
        <DropZone home={home} onFile={(chosen) => void upload(chosen)} />
      )}
      <RunList onOpen={onOpen} />
    </>
  );
}

function DropZone({ home, onFile }: { home: Home; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [several, setSeveral] = useState(false);
  const take = (files: FileList | null) => {
    setSeveral((files?.length ?? 0) > 1);
    if (files?.length === 1 && files[0]) onFile(files[0]);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <section
      className={css.drop}
      data-over={over || undefined}
      aria-label={t('importer.choose')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span className={css.dropIcon}>
        <Icon of={Upload} size={20} />
      </span>
      <h2 className={css.title}>{t('importer.drop')}</h2>
      <p className={css.text}>{t(`importer.dropText.${home}`)}</p>
      <input
        ref={input}
        type="file"
        hidden
        onChange={(event) => {
          take(event.target.files);
          // The same file may be chosen again after it was mended.
          event.target.value = '';
        }}
      />
      <Button tone="primary" size="large" onClick={() => input.current?.click()}>
        {t('importer.choose')}
      </Button>
      {several && <Banner tone="warning">{t('importer.oneFile')}</Banner>}
    </section>
  );
}

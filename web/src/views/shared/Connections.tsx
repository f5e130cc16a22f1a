import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { type MessageId, t } from '@/lib/i18n.ts';
import { hasRole } from '@/sync/facts.ts';
import { dependencyTypes, isDependency, linkTypes, useIdeaLinks, useLinkWriter } from '@/sync/links.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaLink, LinkType } from '@/sync/types.ts';
import { Button, IconButton } from '@/ui/Button.tsx';
import { NumberField } from '@/ui/NumberField.tsx';
import { Select } from '@/ui/Select.tsx';
import { toast, toastFailure } from '@/ui/Toast.tsx';
import { afterwards } from './afterwards.ts';
import css from './connections.module.css';
import { IdeaSearch } from './IdeaSearch.tsx';

/** What a link says, read from one of its ends. */
export function linkWords(type: LinkType, outward: boolean): string {
  const id: MessageId = outward ? `links.out.${type}` : `links.in.${type}`;
  return t(id);
}

/** Props of Connections. */
export interface ConnectionsProps {
  /** The idea's id. */
  idea: number;
  /** Shows another idea. */
  onOpen: (key: string) => void;
  /** Leave out links that do not order ideas in time. */
  only?: 'dependencies';
  /** The form to add one is open from the start. */
  adding?: boolean;
}

/** The links of an idea, to read, add, change and remove. */
export function Connections({ idea, onOpen, only, adding: open = false }: ConnectionsProps) {
  const { project, session } = useProject();
  const { links } = useIdeaLinks(idea);
  const writer = useLinkWriter();
  const [adding, setAdding] = useState(open);
  const may = hasRole(project.role, 'editor');
  const shown = only ? links.filter((link) => isDependency(link.type)) : links;
  const attempt = async (write: Promise<string>, done?: string) => {
    try {
      const group = await write;
      if (done) toast({ title: done, ...afterwards(session, group) });
    } catch (error) {
      toastFailure(error);
    }
  };
  return (
    <div className={css.connections}>
      {shown.length === 0 && !adding && <p className={css.quiet}>{t('links.none')}</p>}
      <ul className={css.list}>
        {shown.map((link) => (
          <Line
            key={link.id}
            link={link}
            idea={idea}
            // The link belongs to its source: of another project's one cannot be sure to write it.
            may={may && (link.from.project ?? 0) === project.id}
            onOpen={onOpen}
            onLag={(lag) => attempt(writer.update(link.id, { lag }))}
            onRemove={() => void attempt(writer.remove(link.id), t('links.removed'))}
          />
        ))}
      </ul>
      {may &&
        (adding ? (
          <AddLink
            idea={idea}
            only={only}
            onDone={() => setAdding(false)}
            onAdd={(from, to, type) => void attempt(writer.create({ from, to, type }), t('links.added'))}
          />
        ) : (
          <Button tone="ghost" icon={Plus} onClick={() => setAdding(true)}>
            {t('links.add')}
          </Button>
        ))}
    </div>
  );
}

interface LineProps {
  link: IdeaLink;
  idea: number;
  may: boolean;
  onOpen: (key: string) => void;
  onLag: (lag: number) => Promise<unknown>;
  onRemove: () => void;
}

function Line({ link, idea, may, onOpen, onLag, onRemove }: LineProps) {
  const outward = link.from.id === idea;
  const other = outward ? link.to : link.from;
  const { key } = other;
  const name = key ?? t('links.hidden');
  return (
    <li className={css.line}>
      <span className={css.words}>{linkWords(link.type, outward)}</span>
      {key === undefined ? (
        <span className={css.quiet}>{name}</span>
      ) : (
        <button type="button" className={css.idea} data-archived={other.archived} onClick={() => onOpen(key)}>
          <span className={css.key}>{key}</span>
          <span className={css.title}>{other.title}</span>
        </button>
      )}
      {isDependency(link.type) && <Lag lag={link.lag ?? 0} name={name} may={may} onLag={onLag} />}
      {may && (
        <IconButton size="tiny" icon={X} label={t('links.remove', { idea: name })} onClick={onRemove} />
      )}
    </li>
  );
}

interface LagProps {
  lag: number;
  name: string;
  may: boolean;
  onLag: (lag: number) => Promise<unknown>;
}

function Lag({ lag, name, may, onLag }: LagProps) {
  // What was typed stands until it is written: what was written before may be told later than the next is typed.
  const [typed, setTyped] = useState<{ value: number | null }>();
  const value = typed ? typed.value : lag;
  const writing = useRef(0);
  const write = (next: number) => {
    const own = { value: next };
    setTyped(own);
    writing.current += 1;
    void onLag(next).finally(() => {
      writing.current -= 1;
      setTyped((last) => (last === own ? undefined : last));
    });
  };
  if (!may) return lag === 0 ? null : <span className={css.quiet}>{t('links.lagOf', { n: lag })}</span>;
  return (
    <span className={css.lag}>
      <NumberField
        aria-label={t('links.lag', { idea: name })}
        value={value}
        min={-3650}
        max={3650}
        suffix={t('links.days', { n: value ?? 0 })}
        onValueChange={(next) => setTyped({ value: next })}
        onValueCommit={(next) => {
          if ((next ?? 0) !== lag || writing.current > 0) write(next ?? 0);
          else setTyped(undefined);
        }}
      />
    </span>
  );
}

interface AddLinkProps {
  idea: number;
  only?: 'dependencies';
  onDone: () => void;
  onAdd: (from: number, to: number, type: LinkType) => void;
}

function AddLink({ idea, only, onDone, onAdd }: AddLinkProps) {
  const types: readonly LinkType[] = only ? dependencyTypes : linkTypes;
  const [what, setWhat] = useState<string>(only ? 'in finish_start' : 'out relates');
  const options = types.flatMap((type) => [
    { value: `out ${type}`, label: linkWords(type, true) },
    ...(type === 'relates' ? [] : [{ value: `in ${type}`, label: linkWords(type, false) }]),
  ]);
  const [direction = 'out', type = 'relates'] = what.split(' ');
  return (
    <div className={css.add}>
      <Select aria-label={t('links.type')} options={options} value={what} onValueChange={setWhat} />
      <IdeaSearch
        autoFocus
        label={t('links.search')}
        except={[idea]}
        onChoose={({ id }) => {
          const [from, to] = direction === 'out' ? [idea, id] : [id, idea];
          onAdd(from, to, linkTypes.find((each) => each === type) ?? 'relates');
          onDone();
        }}
      />
      <Button tone="ghost" onClick={onDone}>
        {t('ui.cancel')}
      </Button>
    </div>
  );
}

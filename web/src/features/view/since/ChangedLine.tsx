import { typeOf } from '@/fields/registry.ts';
import { formatRelative } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { ChangedIdea } from '@/sync/since.ts';
import type { CellValue } from '@/sync/types.ts';
import css from './since.module.css';

/** What became of one idea, with why. */
export function ChangedLine({ idea, onOpen }: { idea: ChangedIdea; onOpen: (key: string) => void }) {
  const { person, field } = useProject();
  const { marks, fields, why, how } = idea;
  const gone = how === 'deleted';
  const reasons = (why ?? []).filter((set) => set.reason);
  const last = why?.[0];
  return (
    <li className={css.idea}>
      <span className={css.marks}>
        {(marks ?? []).map((mark) => (
          <span key={mark} className={css.mark} data-mark={mark}>
            {t(`since.mark.${mark}` as 'since.mark.added')}
          </span>
        ))}
      </span>
      {gone ? (
        <span className={css.name}>{idea.title}</span>
      ) : (
        <button type="button" className={css.name} onClick={() => onOpen(idea.key)}>
          <span className={css.key}>{idea.key}</span> {idea.title}
        </button>
      )}
      <ul className={css.facts}>
        {how && <li>{t(`since.how.${how}` as 'since.how.created')}</li>}
        {(fields ?? []).map(({ field: ref, was, is }) => {
          const info = field(ref);
          if (!info) return null;
          return (
            <li key={ref}>
              <span className={css.field}>{info.name}</span> <Value info={info} value={was} /> →{' '}
              <Value info={info} value={is} />
            </li>
          );
        })}
        {(marks ?? []).some((mark) => mark === 'up' || mark === 'down') && (
          <li>{t('since.place', { was: idea.was ?? 0, is: idea.is ?? 0 })}</li>
        )}
      </ul>
      {reasons.map((set) => (
        <p key={set.seq} className={css.reason}>
          “{set.reason}” <ByWhom set={set} name={person(set.actor ?? 0)?.name ?? 'Cairn'} />
        </p>
      ))}
      {reasons.length === 0 && last && <ByWhom set={last} name={person(last.actor ?? 0)?.name ?? 'Cairn'} />}
    </li>
  );
}

function ByWhom({ set, name }: { set: { at: string }; name: string }) {
  return <span className={css.by}>{t('since.by', { name, when: formatRelative(set.at) })}</span>;
}

function Value({ info, value }: { info: Parameters<typeof typeOf>[0]; value: unknown }) {
  const { Cell } = typeOf(info);
  if (value === null || value === undefined) return <span className={css.nothing}>{t('since.empty')}</span>;
  return (
    <span className={css.value}>
      <Cell field={info as never} value={value as CellValue} />
    </span>
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { useProject } from '@/sync/project.tsx';
import type { IdeaRow } from '@/sync/types.ts';
import { ChangeMark } from '../shared/change-marks.tsx';
import type { Point } from './points.ts';
import { quadrantName } from './quadrant-names.ts';
import { quadrantOf } from './quadrants.ts';
import css from './Reading.module.css';
import type { Matrix } from './use-matrix.ts';
import { readingText } from './words.ts';

const height = 36;

interface Line {
  row: IdeaRow;
  point?: Point;
}

/** The same as the picture, to be read: every idea with its values, those without a place last. */
export function Reading({ matrix }: { matrix: Matrix }) {
  const { plotted, plan, props, words, shown } = matrix;
  const { project } = useProject();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo<Line[]>(
    () => [
      ...plotted.points.map((point) => ({ row: point.row, point })),
      ...plotted.missing.map(({ row }) => ({ row })),
    ],
    [plotted],
  );
  // oxlint-disable-next-line react/incompatible-library -- there is no compiler that could memoise it wrongly
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    useFlushSync: false,
  });
  const further = [plan.size, plan.color].flatMap((each) => each ?? []);
  const { x, y } = plotted;
  const heads = [
    t('matrix.table.idea'),
    y.field.name,
    x.field.name,
    ...further.map((each) => each.name),
    ...(words.dividers ? [t('matrix.table.quadrant')] : []),
  ];
  const place = ({ point }: Line) =>
    point && words.dividers
      ? quadrantName(words.quadrants, quadrantOf({ x: point.x.value, y: point.y.value }, words.dividers))
      : '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls can be reached by keyboard
    <div ref={scroller} className={css.reading} tabIndex={0} role="region" aria-label={props.definition.name}>
      <table
        className={css.table}
        aria-label={t('matrix.table', { view: props.definition.name })}
        aria-rowcount={lines.length + 1}
        style={{ blockSize: virtual.getTotalSize() + height }}
      >
        <thead>
          <tr className={css.line} style={{ blockSize: height }}>
            {heads.map((head) => (
              <th key={head} scope="col" className={css.cell}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            if (!line) return null;
            const key = `${project.key}-${line.row.number}`;
            const none = <span className={css.none}>{t('matrix.table.none')}</span>;
            return (
              <tr
                key={line.row.id}
                className={css.line}
                aria-rowindex={index + 2}
                style={{ position: 'absolute', insetBlockStart: start + height, blockSize: height }}
              >
                <th scope="row" className={css.cell}>
                  <ChangeMark idea={line.row.id} />
                  <button type="button" className={css.idea} onClick={() => props.onOpen(key)}>
                    {String(line.row.values.title ?? '')}
                  </button>
                </th>
                <td className={css.cell}>{line.point ? readingText(y, line.point.y) : none}</td>
                <td className={css.cell}>{line.point ? readingText(x, line.point.x) : none}</td>
                {further.map((each) => {
                  const { Cell } = typeOf(each);
                  return (
                    <td key={each.ref} className={css.cell}>
                      <Cell field={each} value={shown(line.row, each.ref)} />
                    </td>
                  );
                })}
                {words.dividers && <td className={css.cell}>{place(line)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

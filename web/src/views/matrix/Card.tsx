import { useQuery } from '@tanstack/react-query';
import { typeOf } from '@/fields/registry.ts';
import { t } from '@/lib/i18n.ts';
import { getIdea } from '@/sync/calls.ts';
import { useProject } from '@/sync/project.tsx';
import type { CellValue, FieldInfo } from '@/sync/types.ts';
import css from './Card.module.css';
import { markOfIdea } from './marks.ts';
import type { Point } from './points.ts';
import type { Matrix } from './use-matrix.ts';
import { toScreen } from './viewport.ts';
import { readingText, titleOf } from './words.ts';

interface CardProps {
  matrix: Matrix;
  /** The idea to show; undefined shows none. */
  idea: number | undefined;
}

/** What an idea is, beside its bubble: for reading while the pointer or the keyboard is there. */
export function Card({ matrix, idea }: CardProps) {
  const point = idea === undefined ? undefined : matrix.plotted.byId.get(idea);
  if (!point) return null;
  const { scene, view, size } = matrix;
  const mark = markOfIdea(scene.marks, point.row.id);
  const single = mark?.points.length === 1;
  const place = single && mark ? mark : { ...toScreen(point, view, size), r: 5 };
  const below = place.py < size.height * 0.45;
  const ahead = place.px < size.width / 2;
  return (
    <div
      className={css.card}
      aria-hidden="true"
      data-below={below || undefined}
      data-ahead={ahead || undefined}
      style={{ translate: `${place.px}px ${place.py + (below ? place.r + 8 : -place.r - 8)}px` }}
    >
      <CardBody matrix={matrix} point={point} />
    </div>
  );
}

function CardBody({ matrix, point }: { matrix: Matrix; point: Point }) {
  const { project, field } = useProject();
  const { plan, plotted, props, shown } = matrix;
  const { row } = point;
  const own = new Set(['title', 'key', plan.x.ref, plan.y.ref]);
  const further = [
    plan.size,
    plan.color,
    ...(props.definition.columns ?? []).map((column) => field(column.field)),
  ]
    .flatMap((each) => each ?? [])
    .filter((each, at, all) => !own.has(each.ref) && all.indexOf(each) === at);
  const { data } = useQuery({
    queryKey: ['matrix.card', row.id, row.version],
    queryFn: ({ signal }) => getIdea(row.id, signal),
    staleTime: 60_000,
    enabled: further.some((each) => !(each.ref in row.values)),
  });
  const valueFor = (each: FieldInfo): CellValue => {
    if (each.ref in row.values) return shown(row, each.ref);
    const value = data?.values[each.ref] ?? data?.computed?.[each.ref] ?? null;
    return value as CellValue;
  };
  return (
    <div className={css.body}>
      <div className={css.key}>{`${project.key}-${row.number}`}</div>
      <div className={css.title}>{titleOf(point)}</div>
      <dl className={css.fields}>
        <div>
          <dt>{plotted.y.field.name}</dt>
          <dd>{readingText(plotted.y, point.y)}</dd>
        </div>
        <div>
          <dt>{plotted.x.field.name}</dt>
          <dd>{readingText(plotted.x, point.x)}</dd>
        </div>
        {further.map((each) => {
          const { Cell } = typeOf(each);
          const value = valueFor(each);
          return (
            <div key={each.ref}>
              <dt>{each.name}</dt>
              <dd>{value === null ? t('matrix.table.none') : <Cell field={each} value={value} />}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

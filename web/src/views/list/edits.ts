import type { CodecContext } from '@/fields/types.ts';
import { t } from '@/lib/i18n.ts';
import { lockReason } from '@/sync/facts.ts';
import type { ProjectSession } from '@/sync/project-session.ts';
import type { ResultWindow } from '@/sync/result.ts';
import type { IdeaRow, Role } from '@/sync/types.ts';
import { shownValue } from '../shared/groups.ts';
import type { Sheet } from '../shared/sheet/plan.ts';
import type { GridColumn } from './columns.ts';
import type { Layout } from './layout.ts';

/** What cells are read from and written to. */
export interface Cells extends Sheet<IdeaRow> {
  columns: readonly GridColumn[];
  layout: Layout;
  window: ResultWindow;
  session: ProjectSession;
  projectKey: string;
  role: Role;
}

/** The parts that a list's sheet is made of. */
export interface CellParts
  extends Pick<Cells, 'columns' | 'layout' | 'window' | 'session' | 'projectKey' | 'role'> {
  codec: CodecContext;
}

/** The lines of a list as a sheet. */
export function cellsOf(parts: CellParts): Cells {
  const { layout, window, session, projectKey, role } = parts;
  return {
    ...parts,
    count: layout.count,
    isRow: (item) => layout.at(item)?.kind === 'row',
    rowAt: (item) => {
      const line = layout.at(item);
      return line?.kind === 'row' ? window.row(line.position) : undefined;
    },
    value: (row, field) =>
      field.ref === 'key'
        ? `${projectKey}-${row.number}`
        : shownValue(row, field.ref, session.overlay.of(row.id)),
    refusal: (_row, field, value) => {
      const locked = lockReason(field, role);
      if (locked !== undefined) return locked;
      const untitled = field.ref === 'title' && (value === null || String(value).trim() === '');
      return untitled ? t('list.titleNeeded') : undefined;
    },
  };
}

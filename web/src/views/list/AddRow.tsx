import { Plus } from 'lucide-react';
import { t } from '@/lib/i18n.ts';
import { Icon } from '@/ui/Icon.tsx';
import { TitleLine } from '../shared/TitleLine.tsx';
import css from './AddRow.module.css';

/** Props of AddRow. */
export interface AddRowProps {
  id: string;
  item: number;
  top: number;
  height: number;
  width: number;
  frozen: number;
  /** The group it adds to; "" for the list as a whole. */
  label: string;
  active: boolean;
  editing: { typed?: string } | null;
  onStart: () => void;
  /** Adds an idea; resolves to whether it worked. */
  onAdd: (title: string) => Promise<boolean>;
  onCancel: () => void;
}

/** The line at the end of a list or group where an idea is added by typing its title. */
export function AddRow(props: AddRowProps) {
  const { id, item, top, height, width, frozen, label, active, editing, onStart } = props;
  const text = label === '' ? t('list.add') : t('list.addTo', { group: label });
  return (
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={item + 2}
      className={css.row}
      style={{ transform: `translateY(${top}px)`, blockSize: height, inlineSize: width }}
      data-item={item}
      data-active={active || undefined}
    >
      <div
        id={`${id}-0`}
        role="gridcell"
        tabIndex={-1}
        aria-colindex={1}
        className={css.add}
        style={{ inlineSize: frozen }}
      >
        {active && editing ? (
          <TitleLine
            label={t('list.newTitle')}
            className={css.input}
            typed={editing.typed}
            onAdd={props.onAdd}
            onCancel={props.onCancel}
            onBlur={(added) => added ?? props.onCancel()}
          />
        ) : (
          <button type="button" tabIndex={-1} className={css.button} onClick={onStart} aria-label={text}>
            <Icon of={Plus} size={14} />
            {t('list.add')}
          </button>
        )}
      </div>
    </div>
  );
}

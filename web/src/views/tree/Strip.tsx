import {
  ChevronsDownUp,
  ChevronsUpDown,
  Inbox,
  ListTree,
  Maximize,
  Minus,
  Network,
  Plus,
} from 'lucide-react';
import { formatNumber } from '@/lib/format.ts';
import { t } from '@/lib/i18n.ts';
import { IconButton } from '@/ui/Button.tsx';
import { Select } from '@/ui/Select.tsx';
import { withTree } from './definition.ts';
import { foldedAt } from './model.ts';
import css from './Strip.module.css';
import type { Tree } from './use-tree.ts';

interface StripProps {
  tree: Tree;
  zoom: number;
  onZoom: (zoom: number) => void;
  onFit: () => void;
  phone: boolean;
}

/** What shapes the picture: how much is open, how large, drawn or as an outline. */
export function Strip({ tree, zoom, onZoom, onFit, phone }: StripProps) {
  const { model, props, layout } = tree;
  const { definition, onChange } = props;
  const levels = Array.from({ length: model.deepest + 1 }, (_, level) => String(level));
  const open = (level: number) => {
    tree.setFolded(foldedAt(model, level));
    tree.say(t('tree.did.level', { n: level + 1 }));
  };
  return (
    <div className={css.strip}>
      <IconButton label={t('tree.unfoldAll')} icon={ChevronsUpDown} onClick={() => open(model.deepest)} />
      <IconButton label={t('tree.foldAll')} icon={ChevronsDownUp} onClick={() => open(0)} />
      {levels.length > 1 && (
        <span className={css.level}>
          <Select
            aria-label={t('tree.level')}
            placeholder={t('tree.level')}
            options={levels.map((level) => ({
              value: level,
              label: t('tree.levels', { n: Number(level) + 1 }),
            }))}
            value={null}
            onValueChange={(level) => open(Number(level))}
          />
        </span>
      )}
      <span className={css.tools}>
        {!tree.outline && (
          <>
            <IconButton label={t('tree.smaller')} icon={Minus} onClick={() => onZoom(zoom / 1.25)} />
            <span className={css.zoom}>{formatNumber(Math.round(zoom * 100))} %</span>
            <IconButton label={t('tree.larger')} icon={Plus} onClick={() => onZoom(zoom * 1.25)} />
            <IconButton label={t('tree.fit')} icon={Maximize} onClick={onFit} />
          </>
        )}
        {!phone && (
          <IconButton
            label={t(tree.outline ? 'tree.asDrawing' : 'tree.asOutline')}
            icon={tree.outline ? Network : ListTree}
            onClick={() => onChange(withTree(definition, { outline: !tree.outline || undefined }))}
          />
        )}
        <IconButton
          label={t(layout.noTray ? 'tree.showTray' : 'tree.hideTray')}
          icon={Inbox}
          pressed={!layout.noTray}
          onClick={() => onChange(withTree(definition, { noTray: !layout.noTray || undefined }))}
        />
      </span>
    </div>
  );
}

import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import css from './Tabs.module.css';

/** One tab and what it shows. */
export interface Tab {
  id: string;
  label: string;
  /** A number beside the label. */
  count?: number;
  /** Something at the end of the label. */
  mark?: ReactNode;
  content: ReactNode;
}

/** Props of Tabs. */
export interface TabsProps {
  tabs: Tab[];
  value: string;
  onValueChange: (id: string) => void;
  /** The name of the row of tabs for screen readers. */
  label: string;
}

/** Panels of which one shows; only that one is mounted. */
export function Tabs({ tabs, value, onValueChange, label }: TabsProps) {
  return (
    <Base.Root className={css.root} value={value} onValueChange={(next) => onValueChange(String(next))}>
      <Base.List className={css.list} aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id} className={css.tab}>
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && <span className={css.count}>{tab.count}</span>}
            {tab.mark}
          </Base.Tab>
        ))}
        <Base.Indicator className={css.indicator} renderBeforeHydration={false} />
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className={css.panel}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}

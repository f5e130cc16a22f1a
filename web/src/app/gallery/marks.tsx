import { Inbox, List } from 'lucide-react';
import { useState } from 'react';
import { optionColors } from '@/lib/colors.ts';
import { Avatar, AvatarStack } from '@/ui/Avatar.tsx';
import { ColorDot, OptionChip } from '@/ui/OptionChip.tsx';
import { Rating } from '@/ui/Rating.tsx';
import { ScoreBar } from '@/ui/ScoreBar.tsx';
import { Slider } from '@/ui/Slider.tsx';
import { SplitPane } from '@/ui/SplitPane.tsx';
import type { SidebarModel } from '../shell/model.ts';
import { Sidebar } from '../shell/Sidebar.tsx';
import css from './Gallery.module.css';
import { Group } from './Group.tsx';

/** The twelve option colours. */
export function Colors() {
  return (
    <Group title="Options and people">
      {optionColors.map((color) => (
        <span key={color}>
          <ColorDot color={color} />
          <OptionChip label={color} color={color} />
        </span>
      ))}
      <OptionChip label="Removable" color="teal" onRemove={() => {}} />
      {([16, 20, 24, 32, 48] as const).map((size) => (
        <Avatar key={size} name="Ada Lovelace" size={size} />
      ))}
      <AvatarStack
        names={['Grace Hopper', 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov', 'Ken Thompson']}
      />
    </Group>
  );
}

/** Numbers as marks. */
export function Scores() {
  const [rating, setRating] = useState<number | null>(3);
  const [slider, setSlider] = useState(40);
  return (
    <Group title="Scores">
      <div className={css.column}>
        <ScoreBar value={100} />
        <ScoreBar value={83.333} />
        <ScoreBar value={58.3} incomplete />
        <ScoreBar value={null} />
      </div>
      <Rating aria-label="Impact" value={rating} onValueChange={setRating} />
      <Rating aria-label="Impact of Faster claims" value={4} />
      <div className={css.field}>
        <Slider aria-label="Confidence" value={slider} onValueChange={setSlider} showValue />
      </div>
    </Group>
  );
}

const sidebar: SidebarModel = {
  projects: [
    { key: 'INS', name: 'Insure', href: '/p/INS' },
    { key: 'TRV', name: 'Travel', emoji: '🧭', href: '/p/TRV' },
  ],
  current: 'INS',
  createView: () => undefined,
  sections: [
    { id: 'top', items: [{ id: 'inbox', label: 'Inbox', href: '/inbox', icon: Inbox, count: 3 }] },
    {
      id: 'views',
      title: 'Views',
      add: { label: 'New view', run: () => {} },
      items: [
        { id: '1', label: 'All ideas', href: '/__gallery', icon: List },
        { id: '2', label: 'Roadmap for the board of directors', href: '/p/INS/v/2', emoji: '🗺️' },
      ],
    },
  ],
  createProject: () => {},
  createIdea: () => {},
  person: { name: 'Maya Fischer' },
};

/** A split with a panel, and the sidebar. */
export function Layout() {
  return (
    <Group title="Layout">
      <div className={css.sidebar}>
        <Sidebar model={sidebar} onHide={() => {}} />
      </div>
      <div className={css.box}>
        <SplitPane
          label="Idea"
          min={200}
          initial={260}
          max={400}
          panel={<div className={css.pad}>The idea</div>}
        >
          <div className={css.pad}>The list</div>
        </SplitPane>
      </div>
    </Group>
  );
}

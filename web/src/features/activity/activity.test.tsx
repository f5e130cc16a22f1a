import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import '@/lib/messages/later/activity.ts';
import { ProjectContext, type ProjectData } from '@/sync/project.tsx';
import { byGroup, type Change } from './by-idea.ts';
import { ChangesByIdea } from './ChangesByIdea.tsx';
import type { ActivitySet } from './calls.ts';

const set = (seq: number, group: string | undefined, more?: number) =>
  ({
    seq,
    at: '2026-11-28T10:00:00Z',
    project: 1,
    group,
    changes: [{ kind: 'idea', id: seq, attr: 'rank' }],
    ...(more && { more }),
  }) as unknown as ActivitySet;

test('steps of one group that follow each other are one', () => {
  const steps = byGroup([set(9, 'a', 2), set(8, 'a', 3), set(7, 'b'), set(6, undefined), set(5, undefined)]);
  expect(steps.map(({ seq, more, changes }) => [seq, more, changes?.map(({ id }) => id)])).toEqual([
    [9, 5, [9, 8]],
    [7, undefined, [7]],
    [6, undefined, [6]],
    [5, undefined, [5]],
  ]);
});

test('a link of an insight and an insight are called by their title, and not when it is gone', () => {
  const changes = [
    { kind: 'insight', id: 7, new: { attrs: {} } },
    { kind: 'insight', id: 8, new: { attrs: {} } },
    { kind: 'evidence', id: 9, new: { attrs: { insight: 7 } } },
  ] as unknown as Change[];
  render(<ChangesByIdea changes={changes} names={{ ideas: {}, insights: { 7: 'Ten clinics asked' } }} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'added the insight “Ten clinics asked”',
    'added an insight',
    'linked the insight “Ten clinics asked”',
  ]);
});

test('of many ideas the first few are named, the others when one asks, and the rest are counted', async () => {
  const changes = Array.from({ length: 30 }, (_, at) => ({
    kind: 'idea',
    id: at + 1,
    new: {},
  })) as unknown as Change[];
  const ideas = Object.fromEntries(changes.map(({ id }) => [id, { key: `INS-${id}`, title: `Idea ${id}` }]));
  const project = { field: () => undefined } as unknown as ProjectData;
  render(
    <ProjectContext value={project}>
      <ChangesByIdea changes={changes} names={{ ideas }} more={17_284} />
    </ProjectContext>,
  );
  expect(screen.getAllByRole('link')).toHaveLength(3);
  await userEvent.click(screen.getByRole('button', { name: 'and 17,311 more changes' }));
  expect(screen.getAllByRole('link')).toHaveLength(30);
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByText('and 17,284 more changes')).toBeTruthy();
});

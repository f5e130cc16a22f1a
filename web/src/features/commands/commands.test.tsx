import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { ActionsProvider, useActions, usePaletteSource } from '@/actions/react.tsx';
import type { Action, PaletteSource } from '@/actions/types.ts';
import { Commands } from './Commands.tsx';

beforeEach(() => localStorage.clear());

const ran: string[] = [];
const actions: Action[] = [
  {
    id: 'a',
    title: () => 'Archive idea',
    section: 'idea',
    shortcut: 'e',
    run: () => void ran.push('archive'),
  },
  { id: 'b', title: () => 'Export view', section: 'view', run: () => void ran.push('export') },
];
const ideas: PaletteSource = {
  id: 'ideas',
  title: () => 'Ideas found',
  search: async (query) => {
    if (query === 'fail') throw new Error('the server is away');
    const all = [
      { id: '12', title: 'Faster claims', hint: 'INS-12', run: () => void ran.push('INS-12') },
      { id: '13', title: 'Archived claims', hint: 'INS-13', run: () => void ran.push('INS-13') },
    ];
    return all.filter((idea) => query !== '' && idea.title.toLowerCase().includes(query));
  },
};

function Page() {
  useActions(actions);
  usePaletteSource(ideas);
  return null;
}

function setUp() {
  ran.length = 0;
  render(
    <ActionsProvider onError={() => {}}>
      <Page />
      <Commands />
    </ActionsProvider>,
  );
  return userEvent.setup();
}

test('the palette finds ideas before commands, and Enter takes the first', async () => {
  const user = setUp();
  await user.keyboard('{Control>}k{/Control}');
  const line = await screen.findByRole('combobox');
  await user.type(line, 'claims');
  await screen.findByRole('option', { name: /Faster claims/ });
  expect(line.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id);
  await user.keyboard('{Enter}');
  expect(ran).toEqual(['INS-12']);
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
});

test('a command whose name is typed comes before what was found', async () => {
  const user = setUp();
  await user.keyboard('{Control>}k{/Control}');
  const line = await screen.findByRole('combobox');
  // The ideas hold "Archived claims", which also fits.
  await user.type(line, 'archive');
  await screen.findByRole('option', { name: /Archived claims/ });
  await user.keyboard('{Enter}');
  expect(ran).toEqual(['archive']);
});

test('commands are walked with the arrows, around the end, and what was used comes first next time', async () => {
  const user = setUp();
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('combobox');
  await user.keyboard('{ArrowUp}{ArrowUp}{Enter}');
  expect(ran).toEqual(['export']);
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('combobox');
  expect(screen.getAllByRole('option')[0]?.textContent).toBe('Export view');
});

test('a source that fails says why, and the commands stay', async () => {
  const user = setUp();
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await screen.findByRole('combobox'), 'fail');
  expect((await screen.findByRole('alert')).textContent).toBe(
    'The search did not answer: the server is away',
  );
  await user.clear(screen.getByRole('combobox'));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(screen.getByRole('option', { name: /Archive idea/ })).toBeTruthy();
});

test('the list of keys shows what works here and can be searched', async () => {
  const user = setUp();
  await user.keyboard('?');
  expect(await screen.findByText('Archive idea')).toBeTruthy();
  expect(screen.queryByText('Export view')).toBeNull();
  await user.keyboard('archive');
  expect(screen.queryByText('Find or do anything')).toBeNull();
  expect(screen.getByText('Archive idea')).toBeTruthy();
});

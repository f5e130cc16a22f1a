import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { actionFor } from './hotkeys.ts';
import { ActionsProvider, useActions } from './react.tsx';
import { createRegistry, menuItems } from './registry.ts';
import { fuzzyFilter, noteRecent, recentActions, searchActions } from './search.ts';
import type { Action } from './types.ts';

function action(id: string, rest: Partial<Action> = {}): Action {
  return { id, title: () => id, section: 'general', run: () => {}, ...rest };
}

function quietRegistry() {
  return createRegistry((error) => {
    throw error;
  });
}

beforeEach(() => localStorage.clear());

describe('registry', () => {
  test('commands come and go, and no two share an id', () => {
    const registry = quietRegistry();
    const leave = registry.register([action('a'), action('b')]);
    expect(() => registry.register([action('b')])).toThrow('"b"');
    leave();
    expect(registry.all()).toEqual([]);
    registry.register([action('b')]);
    expect(registry.run('b')).toBe(true);
    expect(registry.run('a')).toBe(false);
  });

  test('a command runs only when it makes sense', () => {
    const registry = quietRegistry();
    let selected: string[] = [];
    const archived: string[] = [];
    registry.register([
      action('archive', { when: () => selected.length > 0, run: () => void archived.push(...selected) }),
    ]);
    expect(registry.run('archive')).toBe(false);
    expect(registry.available()).toEqual([]);
    selected = ['INS-1'];
    expect(registry.run('archive')).toBe(true);
    selected = [];
    expect(registry.run('archive')).toBe(false);
    expect(archived).toEqual(['INS-1']);
  });

  test('failures, at once or later, are told', async () => {
    const told: [string, string][] = [];
    const registry = createRegistry((error, { id }) => told.push([id, (error as Error).message]));
    registry.register([
      action('now', {
        run: () => {
          throw new Error('no');
        },
      }),
      action('later', { run: () => Promise.reject(new Error('too late')) }),
    ]);
    registry.run('now');
    registry.run('later');
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told).toEqual([
      ['now', 'no'],
      ['later', 'too late'],
    ]);
  });

  test('a menu holds what makes sense, in the order asked for', () => {
    const registry = quietRegistry();
    registry.register([
      action('a', { shortcut: ['x', 'y'] }),
      action('b', { when: () => false }),
      action('c'),
    ]);
    expect(menuItems(registry, ['c', 'b', 'a', 'unknown']).map(({ id, shortcut }) => [id, shortcut])).toEqual(
      [
        ['c', undefined],
        ['a', 'x'],
      ],
    );
  });
});

describe('shortcuts', () => {
  test('the command that came last wins, if it makes sense', () => {
    const registry = quietRegistry();
    let listOpen = true;
    registry.register([
      action('page', { shortcut: 'e' }),
      action('list', { shortcut: 'e', when: () => listOpen }),
    ]);
    expect(actionFor(registry, 'e', document.body)?.id).toBe('list');
    listOpen = false;
    expect(actionFor(registry, 'e', document.body)?.id).toBe('page');
  });

  test('work on the page, not while typing or in a menu, unless meant for anywhere', async () => {
    const ran: string[] = [];
    const actions = [
      action('capture', { shortcut: 'c', run: () => void ran.push('capture') }),
      action('palette', { shortcut: '$mod+k', anywhere: true, run: () => void ran.push('palette') }),
      action('home', { shortcut: 'g h', run: () => void ran.push('home') }),
    ];
    function Page() {
      useActions(actions);
      return (
        <>
          <input aria-label="Title" />
          <button type="button" data-hotkeys="off">
            Menu
          </button>
        </>
      );
    }
    const user = userEvent.setup();
    const { unmount } = render(
      <ActionsProvider onError={() => {}}>
        <Page />
      </ActionsProvider>,
    );
    await user.keyboard('c');
    await user.keyboard('gh');
    await user.click(screen.getByLabelText('Title'));
    await user.keyboard('c{Control>}k{/Control}');
    await user.click(screen.getByText('Menu'));
    await user.keyboard('c');
    expect(ran).toEqual(['capture', 'home', 'palette']);
    expect(screen.getByLabelText<HTMLInputElement>('Title').value).toBe('c');
    unmount();
    await user.keyboard('c');
    expect(ran).toHaveLength(3);
  });
});

describe('search', () => {
  const titles = ['Archive idea', 'Résumé upload', 'New idea', '検索を速くする', 'Übersicht'];
  test.each([
    ['', titles],
    ['resume', ['Résumé upload']],
    ['ubersicht', ['Übersicht']],
    ['idea new', ['New idea']],
    ['archvie', ['Archive idea']],
    ['検索', ['検索を速くする']],
    ['zzz', []],
  ])('%j finds %j', (query, wanted) => {
    expect(fuzzyFilter(titles, query, (title) => title)).toEqual(wanted);
  });

  test('commands are ordered by heading, and the unlisted stay out', () => {
    const registry = quietRegistry();
    registry.register([
      action('general'),
      action('idea', { section: 'idea' }),
      action('arrow', { unlisted: true }),
      action('theme', { keywords: 'appearance night' }),
    ]);
    expect(searchActions(registry, '').map(({ id }) => id)).toEqual(['idea', 'general', 'theme']);
    expect(searchActions(registry, 'night').map(({ id }) => id)).toEqual(['theme']);
  });

  test('the commands used last are remembered, the newest first, five at most', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) noteRecent(id);
    expect(recentActions()).toEqual(['b', 'f', 'e', 'd', 'c']);
  });
});

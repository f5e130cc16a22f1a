import { describe, expect, test } from 'vitest';
import { colorOf, optionColor, optionColors } from './colors.ts';
import { holdKeys } from './hold-keys.ts';
import { matchLocale, t } from './i18n.ts';
import { isTyping, keepsKeys, shortcutKeys, shortcutSpoken } from './keys.ts';
import { createQueue } from './queue.ts';
import { paths, returnPath, tokenFrom } from './routes.ts';
import { choiceParam, numberParam, withParam } from './search-params.ts';
import { createStore } from './store.ts';

describe('messages', () => {
  test('fill in values and plurals', () => {
    expect(t('palette.count', { n: 0 })).toBe('No results');
    expect(t('palette.count', { n: 1 })).toBe('1 result');
    expect(t('palette.count', { n: 1200 })).toBe('1,200 results');
    expect(t('ui.createOption', { name: 'Now' })).toBe('Create “Now”');
  });

  test.each([
    [['de-AT', 'en'], ['en', 'de'], 'de'],
    [['pt-BR'], ['en', 'pt', 'pt-BR'], 'pt-BR'],
    [['xx'], ['en', 'de'], 'en'],
    [[], ['en'], 'en'],
  ])('for %j of %j choose %s', (wanted, available, chosen) => {
    expect(matchLocale(wanted, available)).toBe(chosen);
  });
});

describe('keys', () => {
  test.each([
    ['$mod+k', true, ['⌘', 'K']],
    ['$mod+Shift+c', false, ['Ctrl', 'Shift', 'C']],
    ['Shift+?', false, ['?']],
    ['g h', false, ['G', 'H']],
    ['$mod+\\', true, ['⌘', '\\']],
    ['Escape', false, ['Esc']],
  ])('%s on a Mac: %s', (shortcut, mac, wanted) => {
    expect(shortcutKeys(shortcut, mac)).toEqual(wanted);
  });

  test('are spoken in words', () => {
    expect(shortcutSpoken('$mod+k', true)).toBe('Command k');
    expect(shortcutSpoken('g h')).toBe('g then h');
  });

  test.each([
    ['<input data-x>', true],
    ['<input type="checkbox" data-x>', false],
    ['<textarea data-x></textarea>', true],
    ['<div contenteditable="true"><b data-x>a</b></div>', true],
    ['<div contenteditable="false"><b data-x>a</b></div>', false],
    ['<button data-x>a</button>', false],
  ])('in %s people type: %s', (html, wanted) => {
    document.body.innerHTML = html;
    expect(isTyping(document.querySelector('[data-x]'))).toBe(wanted);
  });

  test('stay with what keeps them', () => {
    document.body.innerHTML = '<div data-hotkeys="off"><i></i></div><b></b>';
    expect(keepsKeys(document.querySelector('i'))).toBe(true);
    expect(keepsKeys(document.querySelector('b'))).toBe(false);
  });
});

describe('addresses', () => {
  test.each([
    ['?to=%2Fp%2FINS%3Ffilter%3D1', '/p/INS?filter=1'],
    ['', '/'],
    ['?to=https://elsewhere.example', '/'],
    ['?to=//elsewhere.example', '/'],
    ['?to=/%5Celsewhere.example', '/'],
    ['?to=javascript:alert(1)', '/'],
  ])('after signing in %s leads to %s', (search, wanted) => {
    expect(returnPath(search)).toBe(wanted);
  });

  test('one-time links and paths', () => {
    expect(tokenFrom('#token=a%2Bb')).toBe('a+b');
    expect(tokenFrom('')).toBe('');
    expect(paths.view('A/B', 12)).toBe('/p/A%2FB/v/12');
  });

  test('a part of the search text changes and the others stay', () => {
    expect(withParam('?a=1&b=2', 'a', '3').toString()).toBe('a=3&b=2');
    expect(withParam('?a=1&b=2', 'a', undefined).toString()).toBe('b=2');
  });

  test.each([
    [numberParam.read('12'), 12],
    [numberParam.read('1e9'), undefined],
    [choiceParam(['list', 'board']).read('board'), 'board'],
    [choiceParam(['list', 'board']).read('chart'), undefined],
  ])('an edited address is read with care (%#)', (found, wanted) => {
    expect(found).toEqual(wanted);
  });
});

test('a store tells of changes only, and may be left while it tells', () => {
  const store = createStore(1);
  const heard: number[] = [];
  const stop = store.subscribe(() => {
    heard.push(store.get());
    stop();
  });
  store.set(1);
  store.set((last) => last + 1);
  store.set(3);
  expect(heard).toEqual([2]);
});

test('colours of names are steady, never gray, and unknown ones are gray', () => {
  expect(colorOf('Ada')).toBe(colorOf('Ada'));
  const used = new Set(Array.from({ length: 400 }, (_, at) => colorOf(`person ${at}`)));
  expect(used.size).toBe(optionColors.length - 1);
  expect(used.has('gray')).toBe(false);
  expect(optionColor('mauve')).toBe('gray');
});

describe('keys held for a window on its way', () => {
  const press = (key: string) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  };

  test('go to the first line of text that gets the focus, and to nobody else', () => {
    const heard: string[] = [];
    const listen = (event: KeyboardEvent) => void heard.push(event.key);
    window.addEventListener('keydown', listen);
    holdKeys();
    for (const key of ['n', 'é', 'x', 'Backspace', 'Enter', 'Shift']) press(key);
    const line = document.createElement('input');
    document.body.append(line);
    line.focus();
    expect(line.value).toBe('né');
    expect(press('z')).toBe(false);
    expect(heard).toEqual(['Shift', 'z']);
    window.removeEventListener('keydown', listen);
    line.remove();
  });

  test('are let go with the first focus where no text may come', () => {
    holdKeys(5_000, 'focus');
    expect(press('a')).toBe(true);
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    expect(press('b')).toBe(false);
    button.remove();
  });

  test('are forgotten with Escape', () => {
    holdKeys();
    press('a');
    expect(press('Escape')).toBe(false);
    expect(press('b')).toBe(false);
  });
});

test('a queue keeps the order and goes on after a failure', async () => {
  const queue = createQueue();
  const done: string[] = [];
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const first = queue(() => gate.then(() => done.push('first')));
  const second = queue(async () => {
    done.push('second');
    throw new Error('refused');
  });
  const third = queue(async () => done.push('third'));
  letGo();
  await first;
  await expect(second).rejects.toThrow('refused');
  await third;
  expect(done).toEqual(['first', 'second', 'third']);
});

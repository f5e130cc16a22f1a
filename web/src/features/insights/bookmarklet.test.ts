import { expect, it, vi } from 'vitest';
import { bookmarklet } from './bookmarklet.ts';

it('opens the capture window with address, title and selection', () => {
  const open = vi.spyOn(window, 'open').mockReturnValue(null);
  document.title = 'A page & more';
  const code = bookmarklet('https://cairn.example/p/INS/capture').replace(/^javascript:/, '');
  // What a browser does with a bookmark.
  new Function(code)();
  const url = new URL(String(open.mock.calls[0]?.[0]));
  expect(url.pathname).toBe('/p/INS/capture');
  expect(url.searchParams.get('page')).toBe('A page & more');
  expect(url.searchParams.get('url')).toBe(location.href);
  expect(url.searchParams.get('text')).toBe('');
});

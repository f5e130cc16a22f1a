import { act, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';

beforeEach(() => vi.resetModules());

async function load() {
  const { useFirstPaint, usePainted } = await import('./first-paint.ts');
  const Part = () => <p>{usePainted() ? 'all' : 'rows'}</p>;
  const App = () => {
    useFirstPaint();
    return <Part />;
  };
  return { App, Part };
}

it('FP-7: what stands around the rows follows when the first frame is drawn', async () => {
  let frame = () => {};
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
    frame = draw;
    return 1;
  });
  const { App, Part } = await load();
  const { unmount } = render(<App />);
  expect(screen.getByText('rows')).toBeTruthy();
  act(() => frame());
  vi.unstubAllGlobals();
  expect(await screen.findByText('all')).toBeTruthy();
  unmount();
  // Once for a page: whatever comes later is drawn at once.
  render(<Part />);
  expect(screen.getByText('all')).toBeTruthy();
});

it('FP-7: it follows also where no frame is drawn', async () => {
  vi.stubGlobal('requestAnimationFrame', () => 1);
  const { App } = await load();
  render(<App />);
  vi.unstubAllGlobals();
  expect(await screen.findByText('all')).toBeTruthy();
});

import { expect, it } from 'vitest';
import { createWrites } from './writes.ts';

it('waits for what is being written, also when it fails, and for nothing else', async () => {
  const writes = createWrites();
  const order: string[] = [];
  let end = () => {};
  const first = writes.track(
    new Promise<void>((resolve) => {
      end = resolve;
    }).then(() => void order.push('written')),
  );
  const second = writes.track(Promise.reject(new Error('refused'))).catch(() => void order.push('refused'));
  const waited = writes.ended().then(() => order.push('ended'));
  writes.track(new Promise(() => {}));
  await second;
  expect(order).toEqual(['refused']);
  end();
  await Promise.all([first, waited]);
  expect(order).toEqual(['refused', 'written', 'ended']);
});

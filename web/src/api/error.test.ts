import { expect, it } from 'vitest';
import { errorFrom } from './error.ts';

const problem = (code: string, detail: string) => ({
  type: 'about:blank',
  title: '',
  status: 500,
  code,
  detail,
  requestId: 'R7',
});

it('says what failed on the server, with the number under which its log has more', () => {
  const full = 'The disk is full, so nothing was saved. Free some space.';
  const { message } = errorFrom(new Response(null, { status: 500 }), problem('internal', full));
  expect(message).toBe(
    'The disk is full, so nothing was saved. Free some space. If it happens again, tell your administrator this number: R7.',
  );
});

it('leaves what the server refused as it is worded', () => {
  const answer = new Response(null, { status: 422 });
  expect(errorFrom(answer, problem('invalid', 'An idea needs a title')).message).toBe(
    'An idea needs a title',
  );
});

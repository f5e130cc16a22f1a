import { expect, test } from 'vitest';
import { ApiError, errorFrom, toApiError } from '@/api/error.ts';
import { checkNewAccount, checkSignIn, type Entries } from './check.ts';
import { explainLink } from './SetUp.tsx';

test.each([
  [{ name: 'Ada', email: 'ada@example.com', password: 'ten signs!' }, []],
  [{ name: ' ', email: 'ada@example.com', password: 'nine sign' }, ['name', 'password']],
  [{ name: 'Ada', email: '', password: 'ten signs!' }, ['email']],
  [{ name: 'Ada', email: 'ada', password: 'ten signs!' }, ['email']],
  [{ name: 'Ada', password: '🪨🪨🪨🪨🪨🪨🪨🪨🪨' }, ['password']],
  [{ name: 'Ada', password: '🪨🪨🪨🪨🪨🪨🪨🪨🪨🪨' }, []],
] as [Entries, string[]][])('a new account of %j has faults in %j', (entries, wanted) => {
  expect(Object.keys(checkNewAccount(entries))).toEqual(wanted);
});

test('signing in asks for both, and does not judge an old password', () => {
  expect(Object.keys(checkSignIn({ email: '', password: '' }))).toEqual(['email', 'password']);
  expect(checkSignIn({ email: ' ada@example.com ', password: 'old' })).toEqual({});
});

test('a failure carries what the server said about each entry', () => {
  const problem = {
    type: 'about:blank',
    title: 'Unprocessable Entity',
    status: 422,
    detail: 'The e-mail is taken',
    code: 'invalid',
    errors: [{ field: 'email', message: 'Somebody has this address already' }],
  };
  const error = errorFrom(new Response(null, { status: 422 }), problem);
  expect([error.code, error.message, error.field('email'), error.field('name')]).toEqual([
    'invalid',
    'The e-mail is taken',
    'Somebody has this address already',
    undefined,
  ]);
});

test('what the server could not explain names the number to tell', () => {
  const internal = { code: 'internal', detail: 'Something failed', requestId: 'r-17' };
  expect(errorFrom(new Response(null, { status: 500 }), internal).message).toContain('r-17');
  expect(errorFrom(new Response(null, { status: 502 }), '<html>').message).toContain('502');
});

test('how long to wait comes from the answer', () => {
  const response = new Response(null, { status: 429, headers: { 'Retry-After': '30' } });
  expect(errorFrom(response, { code: 'rate_limited', detail: 'Too many' }).retryAfter).toBe(30);
});

test('no answer is offline, an abort stays an abort', () => {
  expect(toApiError(new TypeError('Failed to fetch'))).toMatchObject({ code: 'offline' });
  const abort = new DOMException('gone', 'AbortError');
  expect(toApiError(abort)).toBe(abort);
});

test.each([
  ['not_found', true],
  ['forbidden', true],
  ['offline', false],
  ['rate_limited', false],
] as const)('a link refused as %s is spent: %s', (code, spent) => {
  expect(explainLink(new ApiError(code, '')) !== undefined).toBe(spent);
});

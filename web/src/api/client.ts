import createClient from 'openapi-fetch';
import { createStore } from '@/lib/store.ts';
import { errorFrom, toApiError } from './error.ts';
import type { paths } from './schema.d.ts';

/** Calls the server with the types of its own description; wrap each call in `send`. */
export const client = createClient<paths>({ baseUrl: '/api/v1', credentials: 'same-origin' });

/** Counts the answers that said "sign in first", so that the app can lead there when a session ends. */
export const signedOut = createStore(0);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Waits for a call and returns its body; throws ApiError when it failed.
 * An answer of 401 is also told to the watchers of `signedOut`.
 */
export async function send<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (cause) {
    throw toApiError(cause);
  }
  if (answer.response.ok) return answer.data as T;
  if (answer.response.status === 401) signedOut.set((count) => count + 1);
  throw errorFrom(answer.response, answer.error);
}

import { client, send } from './client.ts';
import type { components } from './schema.d.ts';

/** Who is signed in. */
export type Account = components['schemas']['Account'];

/** The person signed in; throws unauthenticated when nobody is. */
export function getAccount(signal?: AbortSignal): Promise<Account> {
  return send(client.GET('/me', { signal }));
}

/** Starts a session. */
export function signIn(body: components['schemas']['SignInBody']): Promise<Account> {
  return send(client.POST('/session', { body }));
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
  await send(client.DELETE('/session'));
}

/** Creates the first administrator with the one-time token of the set-up link, and signs in. */
export function setUp(body: components['schemas']['SetupBody']): Promise<Account> {
  return send(client.POST('/setup', { body }));
}

/** What an invitation's link offers; the token travels in a header, since addresses end up in logs. */
export function getInvitation(
  token: string,
  signal?: AbortSignal,
): Promise<components['schemas']['InvitationOffer']> {
  return send(
    client.GET('/invitations/by-token', { params: { header: { 'Cairn-Invitation': token } }, signal }),
  );
}

/** Creates the account an invitation was made for, and signs in. */
export function acceptInvitation(body: components['schemas']['AcceptBody']): Promise<Account> {
  return send(client.POST('/invitations/accept', { body }));
}

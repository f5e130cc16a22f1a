import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';

type Schemas = components['schemas'];

/** Somebody in the workspace. */
export type Person = Schemas['Person'];
/** What changes of a person. */
export type PersonPatch = Schemas['UpdatePersonInBody'];
/** A sign-in of one's own. */
export type SignedInOn = Schemas['Session'];
/** An API token of one's own, without its secret. */
export type Token = Schemas['Token'];
/** A token just made, with its secret. */
export type NewToken = Schemas['NewToken'];
/** What a token is made of. */
export type TokenInput = Schemas['CreateTokenInBody'];
/** An invitation that nobody has accepted yet. */
export type Invitation = Schemas['Invitation'];
/** An invitation just made, with the secret of its link. */
export type NewInvitation = Schemas['NewInvitation'];
/** What an invitation is made of. */
export type InvitationInput = Schemas['CreateInvitationInBody'];

/** Of what one hears, how and when. */
export type HearingNow = Schemas['HearingOutBody'];

/** How e-mail goes and comes. */
export type MailNow = Schemas['MailOutBody'];
/** An e-mail that was not taken yet. */
export type QueuedMail = Schemas['QueuedMail'];

/** What these pages keep of the server's answers, by name. */
export const settingsKeys = {
  sessions: ['sessions'] as const,
  tokens: ['tokens'] as const,
  people: ['people'] as const,
  invitations: ['invitations'] as const,
  hearing: ['hearing'] as const,
  mail: ['mail'] as const,
};

/** Changes one's own name or address; another address needs the present password. */
export function updateAccount(body: Schemas['UpdateAccountInBody']): Promise<Schemas['Account']> {
  return send(client.PATCH('/me', { body }));
}

/** Changes one's own password; all other sessions end. */
export async function changePassword(presentPassword: string, password: string): Promise<void> {
  await send(client.POST('/me/password', { body: { presentPassword, password } }));
}

/** Of what one hears, how and when, and whether this server sends e-mail. */
export function getHearing(signal?: AbortSignal): Promise<HearingNow> {
  return send(client.GET('/account/hearing', { signal }));
}

/** Changes of what one hears. */
export async function setHearing(body: Schemas['Hearing']): Promise<void> {
  await send(client.PUT('/account/hearing', { body }));
}

/** How e-mail goes and comes, and what of it waits. */
export function getMail(signal?: AbortSignal): Promise<MailNow> {
  return send(client.GET('/mail', { signal }));
}

/** Sends oneself an e-mail; throws what the mail server says. */
export async function testMail(): Promise<void> {
  await send(client.POST('/mail/test'));
}

/** Tries e-mails again or drops them, all without ids; resolves to how many they were. */
export async function handleMails(action: 'retry' | 'discard', ids?: string[]): Promise<number> {
  return (await send(client.POST('/mail/queue', { body: { do: action, ...(ids && { ids }) } }))).count;
}

/** Where one is signed in, the last used first. */
export async function getSessions(signal?: AbortSignal): Promise<SignedInOn[]> {
  return (await send(client.GET('/me/sessions', { signal }))).sessions ?? [];
}

/** Ends one session. */
export async function endSession(session: string): Promise<void> {
  await send(client.DELETE('/me/sessions/{session}', { params: { path: { session } } }));
}

/** Ends every session, this one too. */
export async function signOutEverywhere(): Promise<void> {
  await send(client.DELETE('/me/sessions'));
}

/** One's own API tokens, the newest first. */
export async function getTokens(signal?: AbortSignal): Promise<Token[]> {
  return (await send(client.GET('/me/tokens', { signal }))).tokens ?? [];
}

/** Makes an API token. */
export function createToken(body: TokenInput): Promise<NewToken> {
  return send(client.POST('/me/tokens', { body }));
}

/** Makes an API token worthless at once. */
export async function revokeToken(token: number): Promise<void> {
  await send(client.DELETE('/me/tokens/{token}', { params: { path: { token } } }));
}

/** Everybody in the workspace, by name. */
export async function getPeople(signal?: AbortSignal): Promise<Person[]> {
  return (await send(client.GET('/people', { signal }))).people ?? [];
}

/** Changes a person. */
export function updatePerson(person: number, body: PersonPatch): Promise<Person> {
  return send(client.PATCH('/people/{person}', { params: { path: { person } }, body }));
}

/** Gives somebody else a new password and signs them out everywhere. */
export async function resetPassword(person: number, password: string): Promise<void> {
  await send(client.POST('/people/{person}/password', { params: { path: { person } }, body: { password } }));
}

/** Invitations that were not accepted, the newest first. */
export async function getInvitations(signal?: AbortSignal): Promise<Invitation[]> {
  return (await send(client.GET('/invitations', { signal }))).invitations ?? [];
}

/** Makes an invitation. */
export function createInvitation(body: InvitationInput): Promise<NewInvitation> {
  return send(client.POST('/invitations', { body }));
}

/** Makes an invitation's link worthless. */
export async function revokeInvitation(invitation: number): Promise<void> {
  await send(client.DELETE('/invitations/{invitation}', { params: { path: { invitation } } }));
}

/** Renames the workspace. */
export function renameWorkspace(name: string): Promise<{ name: string }> {
  return send(client.PATCH('/workspace', { body: { name } }));
}

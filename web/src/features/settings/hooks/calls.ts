import { client, send } from '@/api/client.ts';
import type { components } from '@/api/schema.d.ts';

type Schemas = components['schemas'];

/** A webhook, without its secret. */
export type Hook = Schemas['Hook'];
/** A webhook just made, with its secret. */
export type NewHook = Schemas['NewHook'];
/** A secret that is shown this once. */
export interface ShownSecret {
  id: number;
  name: string;
  secret: string;
}

/** What a webhook is made of. */
export type HookInput = Schemas['CreateHookInBody'];
/** What changes of a webhook. */
export type HookPatch = Schemas['UpdateHookInBody'];
/** A message of a webhook and what became of it. */
export type Delivery = Schemas['HookDelivery'];
/** One attempt to deliver a message. */
export type DeliveryTry = Schemas['HookTry'];

/** What these pages keep of the server's answers, by name. */
export const hookKeys = {
  all: ['hooks'] as const,
  deliveries: (hook: number) => ['hooks', hook, 'deliveries'] as const,
  delivery: (hook: number, id: string) => ['hooks', hook, 'delivery', id] as const,
};

const at = (hook: number) => ({ params: { path: { hook } } });

/** The webhooks that the person administers, and the kinds that there are. */
export function getHooks(signal?: AbortSignal): Promise<Schemas['HooksOutBody']> {
  return send(client.GET('/hooks', { signal }));
}

/** Makes a webhook. */
export function createHook(body: HookInput): Promise<NewHook> {
  return send(client.POST('/hooks', { body }));
}

/** Changes, pauses or resumes a webhook. */
export function updateHook(hook: number, body: HookPatch): Promise<Hook> {
  return send(client.PATCH('/hooks/{hook}', { ...at(hook), body }));
}

/** Deletes a webhook with its log. */
export async function deleteHook(hook: number): Promise<void> {
  await send(client.DELETE('/hooks/{hook}', at(hook)));
}

/** Makes a new secret; resolves to it. */
export async function rollSecret(hook: number): Promise<string> {
  return (await send(client.POST('/hooks/{hook}/secret', at(hook)))).secret;
}

/** Sends a test message; resolves to what became of it. */
export function testHook(hook: number): Promise<Delivery> {
  return send(client.POST('/hooks/{hook}/test', at(hook)));
}

/** What was sent, the newest first; after a message, older ones. */
export function getDeliveries(
  hook: number,
  query: { state?: Delivery['state']; after?: string },
  signal?: AbortSignal,
): Promise<Schemas['DeliveriesOutBody']> {
  return send(client.GET('/hooks/{hook}/deliveries', { params: { path: { hook }, query }, signal }));
}

/** One message with what was sent. */
export function getDelivery(hook: number, delivery: string, signal?: AbortSignal): Promise<Delivery> {
  return send(
    client.GET('/hooks/{hook}/deliveries/{delivery}', { params: { path: { hook, delivery } }, signal }),
  );
}

/** Sends one message again, or all that were given up; resolves to how many. */
export async function replay(
  hook: number,
  what: { delivery: string } | { failedSince: string },
): Promise<Schemas['ReplayOutBody']> {
  return send(client.POST('/hooks/{hook}/replay', { ...at(hook), body: what }));
}

import { createStore, type Store } from '@/lib/store.ts';
import { CalledOff, createReasons, type Reasons } from './asking.ts';
import { holdsId } from './attrs.ts';
import {
  type BulkTarget,
  createIdea,
  deleteIdea,
  giveReason,
  type NewIdea,
  newGroup,
  patchIdea,
  patchIdeas,
  sayWhy,
  undoGroup,
} from './calls.ts';
import { type ChangeStream, makeStream } from './changes.ts';
import { takeFirstPosition } from './first.ts';
import { createUndoStack, type Taken, type UndoStack } from './history.ts';
import { createMentions, type Mentions } from './mentions.ts';
import { createOverlay, type Overlay, type PendingValue } from './overlay.ts';
import type { ResultWindow } from './result.ts';
import type { Idea, IdeaPatch } from './types.ts';
import { createWrites, type Writes } from './writes.ts';

/** An edit that the server refused; it was rolled back, and can be tried again as it was typed. */
export interface Failure {
  error: Error;
  retry: () => void;
}

/** Everything live of one open project in this tab. */
export interface ProjectSession {
  readonly key: string;
  readonly stream: ChangeStream;
  readonly overlay: Overlay;
  /** What cells show of ideas that they point at. */
  readonly mentions: Mentions;
  readonly undoStack: UndoStack;
  /** The last edit that failed; watch it to tell the person. */
  readonly failure: Store<Failure | null>;
  /** What people are asked about their edits. */
  readonly reasons: Reasons;
  /** The results on screen; each hears of changes. */
  windows: Set<ResultWindow>;
  /** Sets values of ideas, shown at once; one step for undo. Resolves to its group, undefined when it was refused. */
  setValues: (values: readonly PendingValue[], reason?: string) => Promise<string | undefined>;
  /** Changes ideas alike in one step; resolves to how many and the group, undefined when refused. */
  change: (
    target: BulkTarget,
    patch: IdeaPatch,
    reason?: string,
  ) => Promise<{ changed: number; group: string } | undefined>;
  /** Moves and changes one idea in one step. */
  patch: (id: number, patch: IdeaPatch) => Promise<string | undefined>;
  /** Sets values of ideas and puts them elsewhere in the order, in one step for undo. Resolves to its group, undefined when refused. */
  move: (moving: Moving) => Promise<string | undefined>;
  /** Adds an idea; undefined when it was refused. */
  add: (idea: NewIdea) => Promise<Idea | undefined>;
  /** Writes something else in a group of its own, as one step for undo; undefined when it was refused. */
  act: <T>(write: (group: string) => Promise<T>, retry: () => void) => Promise<T | undefined>;
  /** Asks why an edit was made, and notes it; resolves to whether somebody said it. */
  sayWhy: (group: string) => Promise<boolean>;
  /** Deletes ideas, in one step for undo. */
  remove: (ids: readonly number[], reason?: string) => Promise<string | undefined>;
  /** Takes back the newest edit of this tab; undefined when there is none. */
  undo: () => Promise<Taken | undefined>;
  redo: () => Promise<Taken | undefined>;
  /** Takes back a certain group. */
  undoGroup: (group: string) => Promise<Undone>;
  refresh: () => void;
  close: () => void;
}

/** What an undo did: its own group, how much it took back, and how much it left since it was changed again. */
type Undone = Awaited<ReturnType<typeof undoGroup>>;

/** Ideas that are put elsewhere. */
export interface Moving {
  /** In the order in which they shall stand. */
  ids: readonly number[];
  values: readonly PendingValue[];
  /** Where in the order they go, absent when they stay. */
  move?: IdeaPatch['move'];
}

/** The values of one idea as a patch. */
export function patchOf(values: readonly PendingValue[]): IdeaPatch {
  const patch: IdeaPatch = {};
  for (const { ref, value } of values) {
    if (ref === 'title') patch.title = String(value ?? '');
    else if (ref === 'description') patch.description = String(value ?? '');
    else if (ref === 'archived') patch.archived = value === true;
    else if (holdsId(ref)) patch[ref] = Number(value ?? 0);
    else patch.values = { ...patch.values, [ref]: value };
  }
  return patch;
}

/** Brings values together so that ideas with equal patches are changed by one call. */
export function planEdits(values: readonly PendingValue[]): { ids: number[]; patch: IdeaPatch }[] {
  const byIdea = new Map<number, PendingValue[]>();
  for (const value of values) byIdea.set(value.id, [...(byIdea.get(value.id) ?? []), value]);
  const calls = new Map<string, { ids: number[]; patch: IdeaPatch }>();
  for (const [id, own] of byIdea) {
    const patch = patchOf(own);
    const key = JSON.stringify(patch);
    const call = calls.get(key);
    if (call) call.ids.push(id);
    else calls.set(key, { ids: [id], patch });
  }
  return [...calls.values()];
}

/** The custom values of a patch of one idea. */
function valuesOf(id: number, patch: IdeaPatch): PendingValue[] {
  return Object.entries(patch.values ?? {}).map(([ref, value]) => ({ id, ref, value: value as never }));
}

/** Runs a write of a group; undefined when it was refused, which the person is told, or called off. */
type Attempt = <T>(group: string, run: () => Promise<T>, retry: () => void) => Promise<T | undefined>;

function makeAttempt(writes: Writes, reasons: Reasons, failure: Store<Failure | null>): Attempt {
  return (group, run, retry) =>
    writes.track(
      reasons.given(group, run).catch((cause) => {
        if (cause instanceof CalledOff) return undefined;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        failure.set({ error, retry });
        return undefined;
      }),
    );
}

async function sayWhyOf(group: string, attempt: Attempt, reasons: Reasons): Promise<boolean> {
  const reason = await reasons.ask([]);
  if (reason === undefined) return false;
  const write = () => sayWhy(group, reason).then(() => true);
  const say = (): Promise<boolean | undefined> => attempt(group, write, () => void say());
  return (await say()) ?? false;
}

const abreast = 4;

/** Runs tasks, at most four at a time; the first failure ends it. */
async function runAll(tasks: (() => Promise<void>)[]): Promise<void> {
  const queue = [...tasks];
  const worker = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await task();
  };
  try {
    await Promise.all(Array.from({ length: Math.min(abreast, tasks.length) }, worker));
  } finally {
    queue.length = 0;
  }
}

/** Makes what is live of a project: its stream, which is opened apart, and the way its ideas are edited. */
export function makeProjectSession(
  key: string,
  stream: ChangeStream = makeStream(key, takeFirstPosition(key)),
): ProjectSession {
  const overlay = createOverlay();
  const mentions = createMentions(key);
  const undoStack = createUndoStack();
  const failure = createStore<Failure | null>(null);
  const windows = new Set<ResultWindow>();

  /** Groups that are written by a single call, so that their change set confirms all of it. */
  const inOneStep = new Set<string>();

  stream.listen((event) => {
    if (event.kind === 'reset') {
      for (const window of windows) window.refresh();
      return;
    }
    for (const window of windows) window.apply(event.set);
    // A set without its changes says nothing about values: the answer to the own call does.
    if (event.set.group && event.set.bulk === undefined && inOneStep.has(event.set.group))
      overlay.drop(event.set.group);
  });

  const writes = createWrites();
  const reasons = createReasons();
  const attempt = makeAttempt(writes, reasons, failure);
  const refresh = () => {
    for (const window of windows) window.refresh();
  };
  const takeIn = (idea: Idea) => {
    for (const window of windows) window.applyIdea(idea);
  };

  const session: ProjectSession = {
    key,
    stream,
    overlay,
    mentions,
    undoStack,
    failure,
    reasons,
    windows,
    setValues: async (values, reason) => {
      if (values.length === 0) return undefined;
      const group = newGroup();
      if (reason) giveReason(group, reason);
      const calls = planEdits(values);
      if (calls.length === 1) inOneStep.add(group);
      overlay.put(group, values);
      const tasks = calls.map(({ ids, patch }) => async () => {
        const [only, ...others] = ids;
        if (only !== undefined && others.length === 0) takeIn(await patchIdea(only, patch, group));
        else await patchIdeas(key, { ids, patch }, group);
      });
      const done = await attempt(
        group,
        () => runAll(tasks).then(() => true),
        () => void session.setValues(values, reason),
      );
      if (done) {
        undoStack.push(group);
        // Values of a bulk change come with the stream; until the rows are loaded again they stay on top.
        if (calls.some((call) => call.ids.length > 1)) await settle();
      }
      overlay.drop(group);
      inOneStep.delete(group);
      refresh();
      return done ? group : undefined;
    },
    change: async (target, patch, reason) => {
      const group = newGroup();
      if (reason) giveReason(group, reason);
      const done = await attempt(
        group,
        () => patchIdeas(key, { ...target, patch }, group),
        () => void session.change(target, patch, reason),
      );
      if (done) undoStack.push(group);
      refresh();
      return done;
    },
    patch: async (id, patch) => {
      const group = newGroup();
      overlay.put(group, valuesOf(id, patch));
      const idea = await attempt(
        group,
        () => patchIdea(id, patch, group),
        () => void session.patch(id, patch),
      );
      if (idea) {
        undoStack.push(group);
        takeIn(idea);
      }
      overlay.drop(group);
      return idea && group;
    },
    move: async ({ ids, values, move }) => {
      if (!move) return session.setValues(values);
      const group = newGroup();
      overlay.put(group, values);
      const patches = ids.map((id) => patchOf(values.filter((value) => value.id === id)));
      const [only] = ids;
      const [first] = patches;
      const alike = new Set(patches.map((patch) => JSON.stringify(patch))).size === 1;
      const write = async () => {
        if (only !== undefined && ids.length === 1) takeIn(await patchIdea(only, { ...first, move }, group));
        else if (alike) await patchIdeas(key, { ids: [...ids], patch: { ...first, move } }, group);
        else {
          // A value is refused more easily than a place, and then nothing has moved.
          await runAll(
            planEdits(values).map((call) => () => patchIdeas(key, call, group).then(() => undefined)),
          );
          await patchIdeas(key, { ids: [...ids], patch: { move } }, group);
        }
        return true;
      };
      const done = await attempt(group, write, () => void session.move({ ids, values, move }));
      if (done) {
        undoStack.push(group);
        if (ids.length > 1) await settle();
      }
      overlay.drop(group);
      refresh();
      return done ? group : undefined;
    },
    add: async (body) => {
      const group = newGroup();
      const idea = await attempt(
        group,
        () => createIdea(key, body, group),
        () => void session.add(body),
      );
      if (idea) undoStack.push(group);
      refresh();
      return idea;
    },
    act: async (write, retry) => {
      const group = newGroup();
      const done = await attempt(group, () => write(group), retry);
      if (done !== undefined) undoStack.push(group);
      refresh();
      return done;
    },
    sayWhy: (group) => sayWhyOf(group, attempt, reasons),
    remove: async (ids, reason) => {
      const group = newGroup();
      if (reason) giveReason(group, reason);
      const done = await attempt(
        group,
        () => runAll(ids.map((id) => () => deleteIdea(id, group))).then(() => true),
        () => void session.remove(ids, reason),
      );
      if (done) undoStack.push(group);
      refresh();
      return done ? group : undefined;
    },
    undo: async () => {
      await writes.ended();
      return writes.track(undoStack.undo((group) => takeBack(group).then((back) => back.group)));
    },
    redo: async () => {
      await writes.ended();
      return writes.track(undoStack.redo((group) => takeBack(group).then((back) => back.group)));
    },
    undoGroup: async (group) => {
      undoStack.state.set((last) => ({ ...last, undo: last.undo.filter((other) => other !== group) }));
      return takeBack(group);
    },
    refresh,
    close: () => {
      stream.close();
      for (const window of windows) window.close();
    },
  };
  const takeBack = async (group: string) => {
    const undone = await undoGroup(group);
    refresh();
    return undone;
  };
  /** Waits until what is shown was loaded again. */
  const settle = async () => {
    await Promise.all([...windows].map((window) => window.settled()));
  };
  return session;
}

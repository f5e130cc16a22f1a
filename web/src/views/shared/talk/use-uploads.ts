import { useRef, useState } from 'react';
import { newGroup } from '@/sync/calls.ts';
import { useProject } from '@/sync/project.tsx';
import { type Attached, attach, type CommentsOn } from './talk-calls.ts';

/** A file on its way, or one that did not get there. */
export interface Upload {
  id: number;
  file: File;
  /** How much of it is there, from 0 to 1. */
  done: number;
  /** Why it did not get there. */
  error?: Error;
}

/** The files on their way to what is talked about. */
export interface Uploads {
  list: readonly Upload[];
  /** Something is still on its way. */
  busy: boolean;
  /** Sends files, one after another; `onAttached` hears of each that is there. */
  add: (files: readonly File[], onAttached?: (file: Attached) => void) => void;
  /** Sends one again that did not get there. */
  retry: (id: number) => void;
  /** Breaks one off, or takes it from the list. */
  drop: (id: number) => void;
}

interface Job {
  id: number;
  file: File;
  /** Files that were chosen together are undone together. */
  group: string;
  onAttached: ((file: Attached) => void) | undefined;
  stop: AbortController;
}

/** Sends files to an idea, a view or an insight, shows how far they are, and keeps those that failed for another attempt. */
export function useUploads(on: CommentsOn): Uploads {
  const { session } = useProject();
  const [list, setList] = useState<readonly Upload[]>([]);
  const jobs = useRef(new Map<number, Job>());
  const undoable = useRef(new Set<string>());
  const last = useRef(0);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const change = (id: number, what: Partial<Upload>) =>
    setList((now) => now.map((one) => (one.id === id ? { ...one, ...what } : one)));
  const forget = (id: number) => {
    jobs.current.delete(id);
    setList((now) => now.filter((one) => one.id !== id));
  };
  const run = async ({ id, file, group, onAttached, stop }: Job) => {
    if (stop.signal.aborted) return;
    try {
      const onProgress = (done: number) => change(id, { done });
      const attached = await attach(on, file, { group, onProgress, signal: stop.signal });
      if (!undoable.current.has(group)) session.undoStack.push(group);
      undoable.current.add(group);
      forget(id);
      onAttached?.(attached);
    } catch (error) {
      if (stop.signal.aborted) return;
      change(id, { done: 0, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const start = (job: Job) => {
    jobs.current.set(job.id, job);
    queue.current = queue.current.then(() => run(job));
  };
  return {
    list,
    busy: list.some(({ error }) => !error),
    add: (files, onAttached) => {
      const group = newGroup();
      const fresh = files.map((file) => {
        last.current += 1;
        return { id: last.current, file, group, onAttached, stop: new AbortController() };
      });
      setList((now) => [...now, ...fresh.map(({ id, file }) => ({ id, file, done: 0 }))]);
      fresh.forEach(start);
    },
    retry: (id) => {
      const job = jobs.current.get(id);
      if (!job) return;
      setList((now) => now.map((one) => (one.id === id ? { id, file: job.file, done: 0 } : one)));
      start(job);
    },
    drop: (id) => {
      jobs.current.get(id)?.stop.abort();
      forget(id);
    },
  };
}

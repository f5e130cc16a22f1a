import { ApiError } from '@/api/error.ts';
import { createStore, type Store } from '@/lib/store.ts';
import { giveReason } from './calls.ts';

/** A reason that is asked for, by the project or by the person who wants to say one. */
export interface Asking {
  /** What the project asks, in sentences; empty where the person offers to say it. */
  questions: readonly string[];
  /** Ends the asking; undefined calls it off. */
  answer: (reason: string | undefined) => void;
}

/** The asking of one project in this tab. */
export interface Reasons {
  /** What is asked now; others wait. */
  asking: Store<Asking | null>;
  /** Asks for one line; undefined when it was called off. */
  ask: (questions: readonly string[]) => Promise<string | undefined>;
  /** Runs a write; when the project asks why, asks the person and runs it again with what they said. */
  given: <T>(group: string, run: () => Promise<T>) => Promise<T>;
}

/** A write that was called off when the project asked why. */
export class CalledOff extends Error {
  override readonly name = 'CalledOff';
}

/** What the server asks of a change that came without a reason; undefined for other failures. */
export function questionsOf(cause: unknown): string[] | undefined {
  if (!(cause instanceof ApiError) || cause.field('reason') === undefined) return undefined;
  return cause.fields.filter(({ field }) => field !== 'reason').map(({ message }) => message);
}

/** Makes what asks for reasons. */
export function createReasons(): Reasons {
  const asking = createStore<Asking | null>(null);
  const waiting: Asking[] = [];
  const ask = (questions: readonly string[]) =>
    new Promise<string | undefined>((resolve) => {
      const next: Asking = {
        questions,
        answer: (reason) => {
          resolve(reason);
          asking.set(waiting.shift() ?? null);
        },
      };
      if (asking.get()) waiting.push(next);
      else asking.set(next);
    });
  return {
    asking,
    ask,
    given: async (group, run) => {
      try {
        return await run();
      } catch (cause) {
        const questions = questionsOf(cause);
        if (!questions || questions.length === 0) throw cause;
        const reason = await ask(questions);
        if (reason === undefined) throw new CalledOff();
        giveReason(group, reason);
        return run();
      }
    },
  };
}

import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** How a value is written in the address. */
export interface ParamCodec<T> {
  /** Reads it; undefined for absent or unreadable text. */
  read: (text: string) => T | undefined;
  write: (value: T) => string;
}

/** Plain text. */
export const textParam: ParamCodec<string> = { read: (text) => text, write: (value) => value };

/** A whole number. */
export const numberParam: ParamCodec<number> = {
  read: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined),
  write: String,
};

/** One of a few words. */
export function choiceParam<T extends string>(choices: readonly T[]): ParamCodec<T> {
  return { read: (text) => choices.find((choice) => choice === text), write: (value) => value };
}

/** Sets or (with undefined) removes one part of a search text; the other parts stay. */
export function withParam(
  search: string | URLSearchParams,
  name: string,
  value: string | undefined,
): URLSearchParams {
  const params = new URLSearchParams(search);
  if (value === undefined || value === '') params.delete(name);
  else params.set(name, value);
  return params;
}

/** How a change of the address enters the browser's history: push makes Back return to what was before. */
export type HistoryMode = 'push' | 'replace';

/** One value that lives in the address; set undefined to remove it. */
export function useParam<T>(
  name: string,
  codec: ParamCodec<T>,
  mode: HistoryMode = 'push',
): [T | undefined, (value: T | undefined) => void] {
  const [params, setParams] = useSearchParams();
  const text = params.get(name);
  const value = useMemo(() => (text === null ? undefined : codec.read(text)), [text, codec]);
  const set = useCallback(
    (next: T | undefined) => {
      const written = next === undefined ? undefined : codec.write(next);
      setParams((last) => withParam(last, name, written), { replace: mode === 'replace' });
    },
    [name, codec, mode, setParams],
  );
  return [value, set];
}

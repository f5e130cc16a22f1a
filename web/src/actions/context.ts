/** The name of something that commands may look at: what is selected, which project is open. */
export interface ContextKey<T> {
  readonly name: string;
  /** Never set: it carries the type. */
  readonly type?: T;
}

/** Names a part of the context. The feature that owns the part exports the key. */
export function contextKey<T>(name: string): ContextKey<T> {
  return { name };
}

/** What commands can see. */
export interface ActionContext {
  /** The part that the innermost mounted provider set; undefined when there is none. */
  get: <T>(key: ContextKey<T>) => T | undefined;
}

/** The context as its providers write it. */
export interface ContextStore extends ActionContext {
  /** Sets a part until the returned function is called; providers that came later win. */
  provide: <T>(key: ContextKey<T>, value: T) => () => void;
}

/** Makes an empty context. */
export function createContextStore(): ContextStore {
  const parts = new Map<string, { value: unknown }[]>();
  return {
    get: <T>(key: ContextKey<T>) => parts.get(key.name)?.at(-1)?.value as T | undefined,
    provide: (key, value) => {
      const entry = { value };
      parts.set(key.name, [...(parts.get(key.name) ?? []), entry]);
      return () => {
        parts.set(
          key.name,
          (parts.get(key.name) ?? []).filter((other) => other !== entry),
        );
      };
    },
  };
}

import type { Plugin } from 'vite';

/** Chunks of the first visit whose functions nearly all run before the first rows are there. */
const first = /^(react|app|view)-/;

/**
 * Says in the scripts of a first visit that their functions are called as they load. A browser that knows the hint
 * compiles them beside the main thread while they arrive, instead of one by one on it when they are called.
 */
export function eager(): Plugin {
  return {
    name: 'cairn:eager',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && first.test(file.fileName.replace(/^assets\//, '')))
            file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
      },
    },
  };
}

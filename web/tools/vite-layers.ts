import type { Plugin } from 'vite';

/** The cascade layers from weak to strong; the same line stands in src/ui/base.css. */
const order = '@layer tokens,base,ui,features,app;';

/**
 * Names the order of the cascade layers at the beginning of every style sheet. Sheets of chunks come in any order, and
 * the first one that names a layer decides its rank; the bundler drops the line from where it was written.
 */
export function layerOrder(): Plugin {
  return {
    name: 'cairn:layers',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && file.fileName.endsWith('.css'))
            file.source = order + String(file.source);
        }
      },
    },
  };
}

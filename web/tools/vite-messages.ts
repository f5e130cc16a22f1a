import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/**
 * Compiles the message catalogues (src/lib/messages/<locale>/<area>.json, id → ICU text) when they are bundled,
 * so that the browser needs no parser. A message that is not valid ICU fails the build, named by its id.
 */
export function messages(): Plugin {
  return {
    name: 'cairn:messages',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/lib\/messages\/[^/]+\/[^/]+\.json$/ },
      handler(source, id) {
        const catalogue = JSON.parse(source) as Record<string, string>;
        const compiled = Object.entries(catalogue).map(([key, text]) => {
          const message = compileMessage(text);
          if (message.length === 0 && text !== '') {
            throw new Error(`${id}: message "${key}" is not valid ICU text: ${text}`);
          }
          return [key, message] as const;
        });
        return {
          code: `export default ${JSON.stringify(Object.fromEntries(compiled))}`,
          map: null,
          moduleType: 'js',
        };
      },
    },
  };
}

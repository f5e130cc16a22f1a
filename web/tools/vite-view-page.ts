import type { Plugin, Rolldown } from 'vite';

/** The module that draws the addresses of views. */
const route = /[\\/]src[\\/]app[\\/]ViewRoute\.tsx$/;

/**
 * Writes view.html beside index.html: the same page, whose head also names the scripts and styles of views. The server
 * sends it to the addresses of views, so that the browser fetches everything at once instead of one thing after another.
 */
export function viewPage(): Plugin {
  return {
    name: 'cairn:view-page',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') this.error('index.html is not written yet');
        const html = String(page.source);
        const links = filesOf(bundle, route)
          .filter((file) => !html.includes(file))
          .map((file) =>
            file.endsWith('.css')
              ? `<link rel="stylesheet" crossorigin href="/${file}">`
              : `<link rel="modulepreload" crossorigin href="/${file}">`,
          );
        if (links.length === 0) this.error('no script of the views was found');
        this.emitFile({
          type: 'asset',
          fileName: 'view.html',
          source: html.replace('</head>', `  ${links.join('\n    ')}\n  </head>`),
        });
      },
    },
  };
}

/** The script that holds a module, everything it imports at once, and their styles. */
function filesOf(bundle: Rolldown.OutputBundle, module: RegExp): string[] {
  const found = new Set<string>();
  const styles = new Set<string>();
  const take = (name: string) => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(name)) return;
    for (const imported of chunk.imports) take(imported);
    found.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) styles.add(style);
  };
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && file.moduleIds.some((id) => module.test(id))) take(file.fileName);
  }
  return [...styles, ...found];
}

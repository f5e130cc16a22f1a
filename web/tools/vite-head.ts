import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HtmlTagDescriptor, Plugin } from 'vite';

const themeFile = fileURLToPath(new URL('./theme-boot.js', import.meta.url));

/**
 * Puts two things into the page's head that a module script would bring too late: the script that applies the chosen
 * theme before the first paint (its own file, since the content security policy allows no inline script; before the
 * styles, since a script waits for those above it), and the preload of the basic Latin font (before the scripts, so that
 * the first text is not drawn with another).
 */
export function shellHead(): Plugin {
  const theme = readFileSync(themeFile, 'utf8');
  const name = `assets/theme-${createHash('sha256').update(theme).digest('base64url').slice(0, 8)}.js`;
  return {
    name: 'cairn:head',
    configureServer(server) {
      server.middlewares.use(`/${name}`, (_req, res) => {
        res.setHeader('Content-Type', 'text/javascript');
        res.end(theme);
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source: theme });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, ctx) {
        const tags: HtmlTagDescriptor[] = [
          { tag: 'script', attrs: { src: `/${name}` }, injectTo: 'head-prepend' },
        ];
        const font = Object.keys(ctx.bundle ?? {}).find((file) => /inter-basic.*\.woff2$/.test(file));
        if (font) {
          tags.push({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${font}`, as: 'font', type: 'font/woff2', crossorigin: '' },
            injectTo: 'head-prepend',
          });
        }
        return tags;
      },
    },
  };
}

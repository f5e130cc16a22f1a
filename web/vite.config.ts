import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { cutFont, cutFonts } from './tools/vite-font.ts';
import { shellHead } from './tools/vite-head.ts';
import { layerOrder } from './tools/vite-layers.ts';
import { messages } from './tools/vite-messages.ts';
import { precompress } from './tools/vite-precompress.ts';
import { viewPage } from './tools/vite-view-page.ts';

// The browsers that know light-dark(), oklch(), cascade layers and nesting (since spring 2024).
const browsers = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

const popups = /[\\/]src[\\/](ui[\\/](Menu|Tip|Toast)Part|app[\\/]shell[\\/]Drawer)\.tsx$/;
const soon =
  /[\\/]src[\\/](fields[\\/](\w+[\\/]Editor|LockedPopup)|features[\\/]view[\\/](ToolPanel|ViewDialog)|views[\\/]shared[\\/]BulkActions)\.tsx$/;

export default defineConfig({
  plugins: [react(), cutFont(), messages(), shellHead(), layerOrder(), viewPage(), precompress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)), '@inter': cutFonts } },
  server: {
    proxy: { '/api': { target: process.env.CAIRN_DEV_API ?? 'http://127.0.0.1:8080', changeOrigin: true } },
  },
  build: {
    target: browsers,
    cssTarget: browsers,
    sourcemap: false,
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // Few files for a first visit, since each costs a round trip: what every page needs, fields among it, and the
        // views. React changes rarely: browsers keep it across releases of the app.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 4 },
            { name: 'app', test: /[\\/]src[\\/](app[\\/]main\.tsx|fields[\\/]registry\.ts)$/, priority: 3 },
            { name: 'view', test: /[\\/]src[\\/]app[\\/]ViewRoute\.tsx$/, priority: 1 },
            // What floats over any page, fetched when the first paint is over: see ui/popups.ts.
            { name: 'popups', test: popups, priority: 2 },
            // What opens at a click on a view, fetched at once when the rows are there: see fetchSoon.
            { name: 'soon', test: soon },
          ],
        },
      },
    },
  },
});

import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { catalogueParts } from './catalogue-parts.ts';
import { firstVisit, leaveOutReference } from './first-visit.ts';

/** React Aria ships its own few words in 34 languages; only those of the languages we offer are bundled. */
function ariaLanguages(kept: readonly string[]): Plugin {
  const words = /react-(?:aria|stately|aria-components)\/dist\/.*\/intl\/.*\/([a-z]{2}-[A-Z]{2})\.(?:mjs|js|cjs)$/;
  return {
    name: 'rollcall:aria-languages',
    enforce: 'pre',
    load(id) {
      const language = words.exec(id)?.[1];
      return language === undefined || kept.includes(language) ? null : 'export default {};';
    },
  };
}

/** The gallery (`--mode gallery`) is a second program for tests and for looking at the kit; it is never shipped. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: '/',
  plugins: [
    ariaLanguages(['en-US', 'ja-JP']),
    react(),
    catalogueParts(),
    leaveOutReference(),
    lingui({ cwd: import.meta.dirname, macroTransform: true, failOnCompileError: true }),
  ],
  // The server answers with this nonce in place of the marker (and in the policy header), one per response.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2023',
    outDir: mode === 'gallery' ? 'dist-gallery' : 'dist',
    emptyOutDir: true,
    // Inlined assets would need `data:` in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // A component is only its exports: a screen that does not use it does not load it.
      treeshake: { moduleSideEffects: [{ test: /\/packages\/(?:web\/src\/(?:ui|words|i18n)|core\/src|contract\/src)\/.*\.tsx?$/, sideEffects: false }, { test: /node_modules\/(?:react-aria|react-stately|react-aria-components|@internationalized|lucide-react)\//, sideEffects: false }] },
      input: mode === 'gallery' ? { gallery: 'gallery.html' } : { index: 'index.html' },
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(?:react|react-dom|scheduler|use-sync-external-store)\// },
            { name: 'tanstack', test: /node_modules\/@tanstack\// },
            { name: 'first', test: firstVisit },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:7077' } },
}));

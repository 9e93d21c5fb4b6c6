// One file for each page, with all it needs inside: `vite build --mode report` and `--mode live`.
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

export default defineConfig(({ mode }) => ({
  plugins: [viteSingleFile()],
  build: {
    target: 'es2022',
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    rollupOptions: { input: `${mode}.html` },
  },
  esbuild: { legalComments: 'eof' as const },
}));

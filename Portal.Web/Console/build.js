// Bundles GraphiQL and its editor's workers for the browser: node build.js FOLDER. The folder is emptied first.
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

const outdir = process.argv[2];
await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    console: 'console.jsx',
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
  outdir,
  bundle: true,
  minify: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.graphql': 'text', '.ttf': 'file' },
  logLevel: 'error',
});

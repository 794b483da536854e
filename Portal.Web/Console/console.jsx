// GraphiQL on the portal's console page: signed in by the page's cookie, in the portal's theme, with examples.
import 'monaco-graphql/esm/monaco-editor.js';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './console.css';
import { examples } from './examples.js';
import { memory } from './memory.js';

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(
    `/graphiql/${['json', 'graphql'].includes(label) ? label : 'editor'}.worker.js`, { type: 'module' }),
};

const page = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');

const theme = () => page.dataset.theme ?? (dark.matches ? 'dark' : 'light');

function onTheme(changed) {
  const chosen = new MutationObserver(changed);
  chosen.observe(page, { attributes: true, attributeFilter: ['data-theme'] });
  dark.addEventListener('change', changed);
  return () => {
    chosen.disconnect();
    dark.removeEventListener('change', changed);
  };
}

function Console({ fetcher, storage }) {
  return <GraphiQL fetcher={fetcher} storage={storage} defaultTabs={examples} defaultEditorToolsVisibility="variables"
    isHeadersEditorEnabled={false} showPersistHeadersSettings={false} forcedTheme={useSyncExternalStore(onTheme, theme)} />;
}

let root;
let live;

export function show(element) {
  live = createClient({ url: new URL('/graphql', location.href.replace(/^http/, 'ws')).href });
  const fetcher = createGraphiQLFetcher({ url: '/graphql', headers: { 'GraphQL-Preflight': '1' }, wsClient: live });
  root = createRoot(element);
  root.render(<Console fetcher={fetcher} storage={memory()} />);
}

export function leave() {
  root?.unmount();
  live?.dispose();
}

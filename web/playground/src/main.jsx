import './workers.js';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { EXAMPLES_PLUGIN } from './examples.jsx';
import { EditorOptions } from './editors.jsx';
import { playgroundStorage } from './storage.js';
import { WELCOME } from './welcome.js';

const fetcher = createGraphiQLFetcher({
  url: new URL('../graphql', location.href).href,
  enableIncrementalDelivery: false,
});
const plugins = [EXAMPLES_PLUGIN, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];

// remembered is the storage of the page, or none where the reader's browser refuses it.
function remembered() {
  try {
    return playgroundStorage(window.localStorage);
  } catch {
    return null;
  }
}

const storage = remembered();

createRoot(document.getElementById('playground')).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    visiblePlugin={EXAMPLES_PLUGIN}
    storage={storage}
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
    defaultEditorToolsVisibility="variables"
    defaultTabs={[{ query: WELCOME }]}
    maxHistoryLength={50}
  >
    <GraphiQL.Logo>
      <span className="credit">GraphiQL</span>
    </GraphiQL.Logo>
    <EditorOptions />
  </GraphiQL>,
);

import { collectPackages, writeNotices } from './notices.js';

// GraphiQL's style sheet carries four fonts as data: URLs. The content security
// policy refuses those, and the page uses the reader's own fonts; the editor's
// icon font comes as a file.
const noDataFonts = {
  name: 'no-data-fonts',
  enforce: 'pre',
  transform(code, id) {
    if (!/graphiql.*style\.css/.test(id)) return undefined;
    return code.replace(/@font-face\s*\{[^}]*data:font[^}]*\}/g, '');
  },
};

// vendor keeps what others wrote apart from what we write, so that a change of
// ours leaves the names and contents of the large files as they are. The editor
// and the formatter stay files of their own, loaded when they are needed.
const vendor = {
  name: 'vendor',
  test: (id) => id.includes('node_modules') && !/node_modules\/(monaco-editor|monaco-graphql|prettier)\//.test(id),
};

// quiet drops the one warning that every "use client" line of a dependency gives.
function quiet(warning, warn) {
  if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
}

export default {
  base: './',
  plugins: [noDataFonts, collectPackages(), writeNotices()],
  worker: { format: 'es', plugins: () => [collectPackages()] },
  build: {
    outDir: 'node_modules/.built',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
    rolldownOptions: { onwarn: quiet, output: { codeSplitting: { groups: [vendor] } } },
  },
};

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
    rolldownOptions: { onwarn: quiet },
  },
};

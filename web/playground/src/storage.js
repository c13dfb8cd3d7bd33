// What the playground remembers between visits: tabs, history, theme and sizes,
// under a prefix of its own. Request headers are never written, because they
// may carry a token: neither the header editor's text nor the copies that
// tabs, history and favourites keep.
const PREFIX = 'rabta:';

// LISTS are the keys whose JSON holds operations together with their headers.
const LISTS = new Set(['graphiql:tabState', 'graphiql:queries', 'graphiql:favorites']);

// withoutHeaders returns JSON text with every "headers" member emptied.
function withoutHeaders(text) {
  return JSON.stringify(JSON.parse(text), (key, value) => (key === 'headers' ? null : value));
}

// ownKeys lists the keys that this page wrote, without the prefix.
function ownKeys(backing) {
  return Object.keys(backing)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));
}

// playgroundStorage wraps a Storage for GraphiQL's `storage` property.
export function playgroundStorage(backing) {
  return {
    get length() {
      return ownKeys(backing).length;
    },
    getItem: (key) => backing.getItem(PREFIX + key),
    removeItem: (key) => backing.removeItem(PREFIX + key),
    setItem(key, value) {
      if (key === 'graphiql:headers') return;
      backing.setItem(PREFIX + key, LISTS.has(key) ? withoutHeaders(value) : value);
    },
    clear() {
      for (const key of ownKeys(backing)) backing.removeItem(PREFIX + key);
    },
  };
}

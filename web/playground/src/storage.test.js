import assert from 'node:assert/strict';
import test from 'node:test';
import { playgroundStorage } from './storage.js';

// backing stands in for localStorage, whose keys are its own properties.
class Backing {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  setItem(key, value) {
    this[key] = String(value);
  }
  removeItem(key) {
    delete this[key];
  }
}

const TOKEN = 'Bearer sesame';

test('a token in the headers is written nowhere', () => {
  const backing = new Backing();
  const storage = playgroundStorage(backing);
  const operation = { query: '{ a }', variables: '{"headers":1}', headers: `{"Authorization":"${TOKEN}"}` };
  storage.setItem('graphiql:headers', operation.headers);
  storage.setItem('graphiql:queries', JSON.stringify({ queries: [operation] }));
  storage.setItem('graphiql:favorites', JSON.stringify({ favorites: [operation] }));
  storage.setItem('graphiql:tabState', JSON.stringify({ tabs: [operation], activeTabIndex: 0 }));
  assert.ok(!JSON.stringify(backing).includes('sesame'));
  assert.deepEqual(JSON.parse(storage.getItem('graphiql:queries')), { queries: [{ ...operation, headers: null }] });
  assert.deepEqual(JSON.parse(storage.getItem('graphiql:tabState')), {
    tabs: [{ ...operation, headers: null }],
    activeTabIndex: 0,
  });
});

test('everything else is kept to the letter', () => {
  const storage = playgroundStorage(new Backing());
  for (const [key, value] of [
    ['graphiql:variables', '{\n  "headers": "mine"\n}'],
    ['graphiql:query', '{ a }'],
    ['graphiql:theme', 'dark'],
  ]) {
    storage.setItem(key, value);
    assert.equal(storage.getItem(key), value);
  }
  storage.removeItem('graphiql:theme');
  assert.equal(storage.getItem('graphiql:theme'), null);
});

test('clearing leaves the keys of other pages alone', () => {
  const backing = new Backing();
  backing.setItem('other', 'kept');
  const storage = playgroundStorage(backing);
  storage.setItem('graphiql:theme', 'dark');
  storage.setItem('graphiql:query', '{ a }');
  assert.equal(storage.length, 2);
  storage.clear();
  assert.equal(storage.length, 0);
  assert.deepEqual({ ...backing }, { other: 'kept' });
});

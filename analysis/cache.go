package analysis

import (
	"container/list"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/rabta/rabta/live"
)

// Cache keeps networks by graph, snapshot and input, the least recently
// used given up first, within a budget of memory. A nil Cache keeps nothing. It
// is safe for use by many goroutines.
type Cache struct {
	mu     sync.Mutex
	budget int
	used   int
	byKey  map[string]*list.Element
	newest map[string]*list.Element // by scope
	order  *list.List               // of *entry, most recent first
}

type entry struct {
	scope, key string // the key is the scope at a snapshot
	network    *Network
}

// NewCache makes a cache of at most budget bytes.
func NewCache(budget int) *Cache {
	return &Cache{budget: budget, byKey: map[string]*list.Element{}, newest: map[string]*list.Element{}, order: list.New()}
}

// network returns the network of an input, making it if need be.
func (c *Cache) network(reader *live.Reader, r *ViewInput, open func() (*Network, error)) (*Network, error) {
	if c == nil {
		return open()
	}
	scope, err := scopeKey(reader, r)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprintf("%d %s", reader.Sequence(), scope)
	if n := c.get(c.byKey, key); n != nil {
		return n, nil
	}
	n, err := open()
	if err == nil {
		c.put(entry{scope, key, n})
	}
	return n, err
}

func scopeKey(reader *live.Reader, r *ViewInput) (string, error) {
	key, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("view: %w", err)
	}
	return fmt.Sprintf("%s %s", reader.Clearance(), key), nil
}

// before is the network of an input as it was made last, of the reader's snapshot or
// another; nil when none is kept.
func (c *Cache) before(reader *live.Reader, r *ViewInput) *Network {
	if c == nil {
		return nil
	}
	scope, err := scopeKey(reader, r)
	if err != nil {
		return nil
	}
	return c.get(c.newest, scope)
}

func (c *Cache) get(by map[string]*list.Element, key string) *Network {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := by[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry).network
}

func (c *Cache) put(e entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.network.Bytes() > c.budget || c.byKey[e.key] != nil {
		return
	}
	at := c.order.PushFront(&e)
	c.byKey[e.key], c.newest[e.scope] = at, at
	for c.used += e.network.Bytes(); c.used > c.budget; {
		c.drop(c.order.Back())
	}
}

func (c *Cache) drop(at *list.Element) {
	c.order.Remove(at)
	e := at.Value.(*entry)
	delete(c.byKey, e.key)
	if c.newest[e.scope] == at {
		delete(c.newest, e.scope)
	}
	c.used -= e.network.Bytes()
}

package analysis

import (
	"container/list"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/rabta/rabta/live"
)

// Cache keeps networks by moment, clearance, lens and scope, the least recently
// used given up first, within a budget of memory. A nil Cache keeps nothing. It
// is safe for use by many goroutines.
type Cache struct {
	mu     sync.Mutex
	budget int
	used   int
	byKey  map[string]*list.Element
	order  *list.List // of *entry, most recent first
}

type entry struct {
	key     string
	network *Network
}

// NewCache makes a cache of at most budget bytes.
func NewCache(budget int) *Cache {
	return &Cache{budget: budget, byKey: map[string]*list.Element{}, order: list.New()}
}

// network returns the network of a request, making it if need be.
func (c *Cache) network(reader *live.Reader, r *Request, open func() (*Network, error)) (*Network, error) {
	if c == nil {
		return open()
	}
	key, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("view: %w", err)
	}
	k := fmt.Sprintf("%d %s %s", reader.Sequence(), reader.Clearance(), key)
	if n := c.get(k); n != nil {
		return n, nil
	}
	n, err := open()
	if err == nil {
		c.put(k, n)
	}
	return n, err
}

func (c *Cache) get(key string) *Network {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*entry).network
}

func (c *Cache) put(key string, n *Network) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n.Bytes() > c.budget || c.byKey[key] != nil {
		return
	}
	c.byKey[key] = c.order.PushFront(&entry{key, n})
	for c.used += n.Bytes(); c.used > c.budget; {
		oldest := c.order.Back()
		c.order.Remove(oldest)
		delete(c.byKey, oldest.Value.(*entry).key)
		c.used -= oldest.Value.(*entry).network.Bytes()
	}
}

package live

import (
	lru "container/list"
	"sync"
)

// shownLinks is which links a lens shows, a bit a row: what searches that meet very
// many links ask. It never changes.
type shownLinks struct {
	view *View
	bits []uint64
}

func (s *shownLinks) has(row uint32) bool {
	return int(row/64) < len(s.bits) && s.bits[row/64]&(1<<(row%64)) != 0
}

func (s *shownLinks) set(row uint32, shown bool) {
	if shown {
		s.bits[row/64] |= 1 << (row % 64)
	} else {
		s.bits[row/64] &^= 1 << (row % 64)
	}
}

// shownCache keeps the sets of the lenses and clearances that were asked for last,
// each as of the moment when it was.
type shownCache struct {
	mu    sync.Mutex
	byKey map[string]*lru.Element
	order lru.List // of *shownLinks, most recent first
}

// keptShown is how many sets are kept.
const keptShown = 16

// kept is the set of the view's lens and clearance, brought up to the view; nil when
// none is kept, or when more has changed than links.
func (c *shownCache) kept(v *View) *shownLinks {
	old := c.get(v.key)
	if old == nil || old.view.sequence == v.sequence && old.view.at == v.at {
		return old
	}
	rows, ok := v.ChangedSince(old.view)
	if !ok {
		return nil
	}
	s := &shownLinks{view: v, bits: make([]uint64, v.at.links/64+1)}
	copy(s.bits, old.bits)
	for _, row := range rows {
		_, shown := v.Fact(row)
		s.set(row, shown)
	}
	c.put(s)
	return s
}

// build reads all links.
func (c *shownCache) build(v *View) *shownLinks {
	s := &shownLinks{view: v, bits: make([]uint64, v.at.links/64+1)}
	v.Facts(0, v.at.links, func(f Fact) { s.set(f.Row, true) })
	c.put(s)
	return s
}

func (c *shownCache) get(key string) *shownLinks {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*shownLinks)
}

func (c *shownCache) put(s *shownLinks) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[string]*lru.Element{}
	}
	if e := c.byKey[s.view.key]; e != nil {
		c.order.Remove(e)
	}
	c.byKey[s.view.key] = c.order.PushFront(s)
	for c.order.Len() > keptShown {
		oldest := c.order.Remove(c.order.Back()).(*shownLinks)
		delete(c.byKey, oldest.view.key)
	}
}

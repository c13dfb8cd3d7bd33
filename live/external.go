package live

import (
	"slices"
	"sync"
)

// externals are the entities of ids under which others know them, by their rows, as of
// any moment.
type externals struct {
	mu sync.RWMutex
	of map[string][]EntityRow
}

func (x *externals) add(id string, row EntityRow) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.of == nil {
		x.of = map[string][]EntityRow{}
	}
	if !slices.Contains(x.of[id], row) {
		x.of[id] = append(x.of[id], row)
	}
}

func (x *externals) get(id string) []EntityRow {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.of[id])
}

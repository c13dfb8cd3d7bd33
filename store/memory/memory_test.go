package memory

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/store/storetest"
)

// handles opens stores on one log.
type handles struct{ log *log }

func (h handles) Open(t *testing.T) graph.Store {
	s := &Store{log: h.log}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) storetest.Opener { return handles{New().log} })
}

func TestExchange(t *testing.T) {
	storetest.Exchange(t, func(*testing.T) storetest.Opener { return handles{New().log} })
}

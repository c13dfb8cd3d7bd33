package live

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
)

// Graph is everything that a store holds, in memory. One goroutine at a time
// adds changes; any number read. Every moment of it stays readable.
type Graph struct {
	write sync.Mutex

	entities   table[EntityRow, entityRecord]
	revised    uint32 // see counts
	visibility visibilityCache
	names      *names.Index // of entities, by their rows
	externals  externals
	excerpts   textIndex
	sources    table[sourceRow, sourceRecord]
	claims     table[ClaimRow, claimRecord]
	details    table[ClaimRow, claimDetails]
	links      table[LinkRow, linkRecord]
	commits    table[commitRow, commitRecord]
	text       texts

	entityIndex index[graph.ID, EntityRow]
	sourceIndex index[graph.ID, sourceRow]
	claimIndex  index[graph.ID, ClaimRow]
	linkIndex   index[linkKey, LinkRow]
	linkIDs     index[graph.ID, LinkRow]

	byKind           map[graph.EntityKind]*list[EntityRow]
	byPredicate      []list[LinkRow] // links and attributes, by place in the vocabulary
	revisionsByClaim sync.Map        // first row of a claim -> *history
	contradicted     sync.Map        // first row of a claim -> *list[ClaimRow], CONTRADICTS claims that name it
	withdrawals      list[ClaimRow]  // claims that withdraw sources

	strictest atomic.Uint32 // the strictest marking of any record
	snapshot  atomic.Pointer[snapshot]
}

// snapshot is a published state; next is closed when there is a newer one.
type snapshot struct {
	tableSizes
	sequence graph.Sequence
	next     chan struct{}
}

type linkKey struct {
	kind           KindCode
	source, target EntityRow
	discriminator  string
}

// NewGraph returns an empty graph.
func NewGraph() *Graph {
	g := &Graph{names: names.NewIndex(), byKind: map[graph.EntityKind]*list[EntityRow]{}, byPredicate: make([]list[LinkRow], len(vocabulary))}
	for _, k := range graph.EntityKinds {
		g.byKind[k] = new(list[EntityRow])
	}
	g.snapshot.Store(&snapshot{next: make(chan struct{})})
	return g
}

// Sequence is the commit up to which the graph holds everything.
func (g *Graph) Sequence() graph.Sequence { return g.snapshot.Load().sequence }

// Add takes the next change of a feed. Changes that the graph already has are
// passed over; one that leaves a gap is an error, and so is one that refers to
// what never came: the feed is then to be read again from Sequence.
func (g *Graph) Add(ch graph.Change) error {
	g.write.Lock()
	defer g.write.Unlock()
	switch at := g.Sequence(); {
	case ch.Sequence <= at:
		return nil
	case ch.Sequence != at+1:
		return fmt.Errorf("the feed jumps from %d to %d", at, ch.Sequence)
	}
	if err := g.complete(&ch); err != nil {
		return err
	}
	g.append(&ch)
	g.publish(&ch)
	return nil
}

// complete checks that all the change refers to is known, before anything of it
// is added.
func (g *Graph) complete(ch *graph.Change) error {
	entities, sources, claims := map[graph.ID]bool{}, map[graph.ID]bool{}, map[graph.ID]bool{}
	for i := range ch.Sources {
		sources[ch.Sources[i].ID] = true
	}
	for i := range ch.Entities {
		e := &ch.Entities[i]
		if g.byKind[e.Kind] == nil {
			return fmt.Errorf("commit %d, entity %s: the kind %q is not known here", ch.Sequence, e.ID, e.Kind)
		}
		entities[e.ID] = true
	}
	for i := range ch.Claims {
		claims[ch.Claims[i].ID] = true
	}
	for i := range ch.Claims {
		c := &ch.Claims[i]
		for _, id := range []graph.ID{c.Source, c.Origin, c.Subject, c.Object, c.Speaker, c.Attributor} {
			var missing bool
			switch {
			case id.IsClaim():
				missing = g.claimIndex.lacks(id, claims)
			case id.IsSource():
				missing = g.sourceIndex.lacks(id, sources)
			default:
				missing = g.entityIndex.lacks(id, entities)
			}
			if missing || !c.Predicate.Known() {
				return fmt.Errorf("commit %d, claim %s: %s %q is not known here", ch.Sequence, c.ID, c.Predicate, id)
			}
		}
	}
	return nil
}

func (g *Graph) append(ch *graph.Change) {
	commit := g.commits.n
	for i := range ch.Sources {
		g.addSource(&ch.Sources[i], commit)
	}
	for i := range ch.Entities {
		g.addEntity(&ch.Entities[i], commit)
	}
	first := g.claims.n
	for i := range ch.Claims {
		g.addClaim(&ch.Claims[i], commit)
	}
	for i := range ch.Claims { // what they refer to may stand later in the batch
		g.addMeta(&ch.Claims[i], first+ClaimRow(i))
	}
}

func (g *Graph) publish(ch *graph.Change) {
	row, _ := g.commits.grow()
	*row = commitRecord{sequence: ch.Sequence, recorded: ch.Recorded, batch: ch.Batch, actor: ch.Actor}
	row.sizes = tableSizes{g.claims.n, g.links.n, g.entities.n, g.sources.n, g.commits.n, g.revised}
	old := g.snapshot.Load()
	g.snapshot.Store(&snapshot{row.sizes, ch.Sequence, make(chan struct{})})
	close(old.next)
}

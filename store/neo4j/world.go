package neo4j

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// world is a part of the log in memory, with all that the links in it depend on:
// enough to fold them for a reader of one clearance under the default lens. A
// write holds the part that it touches, Verify and Rebuild hold everything.
type world struct {
	clearance uint8
	judge     graph.LensFilter
	claims    map[graph.ID]*claim
	links     map[graph.ID][]*claim
	sources   map[graph.ID]*source
	entities  map[graph.ID]*entity
}

// claim is a claim and what later ones made of it.
type claim struct {
	graph.Claim
	// seq and n are where it was first recorded, last where it was last
	// recorded.
	seq  graph.Sequence
	n    int
	last place
	// counts is what graph.Known says of it.
	counts bool
	// retractedBy and contradictedBy are claims about this one.
	retractedBy, contradictedBy []graph.ID
}

// place is a place in the log: the commit and the record in it, as one number.
type place int64

func placeOf(seq graph.Sequence, n int) place { return place(seq)<<20 | place(n) }

// source is what a source's records add up to, with the claims that withdraw it.
type source struct {
	graph.Source
	digest      string
	withdrawnBy []graph.ID
}

// entity is what an entity's records add up to. The record may be absent where
// only the marking is asked for.
type entity struct {
	record  *graph.Entity
	digest  string
	marking uint8
}

func newWorld(clearance graph.Marking) *world {
	return &world{
		clearance: clearance.Level(), judge: new(graph.Lens).Filter(),
		claims: map[graph.ID]*claim{}, links: map[graph.ID][]*claim{},
		sources: map[graph.ID]*source{}, entities: map[graph.ID]*entity{},
	}
}

// put adds a claim that is not yet in the world.
func (w *world) put(c *claim) {
	w.claims[c.ID] = c
	if link, ok := linkOf(&c.Claim); ok {
		w.links[link] = append(w.links[link], c)
	}
}

// linkOf is the link that a claim is about, if it is about one.
func linkOf(c *graph.Claim) (graph.ID, bool) {
	if !c.Predicate.Spec().IsLink() {
		return "", false
	}
	return c.Key().ID(), true
}

// record adds the records of a commit, in the order of the log.
func (w *world) record(seq graph.Sequence, sources []graph.Source, entities []graph.Entity, claims []graph.Claim) {
	for i := range sources {
		s := &source{Source: sources[i], digest: graph.Digest(&sources[i])}
		if old := w.sources[s.ID]; old != nil {
			s.Source, s.withdrawnBy = old.Source.Merge(sources[i]), old.withdrawnBy
		}
		w.sources[s.ID] = s
	}
	for i := range entities {
		record := entities[i]
		if old := w.entities[record.ID]; old != nil {
			record = old.record.Merge(record)
		}
		w.entities[record.ID] = &entity{&record, graph.Digest(&entities[i]), level(record.Marking)}
	}
	for i := range claims {
		w.assert(&claims[i], seq, len(sources)+len(entities)+i)
	}
	for i := range claims {
		w.refer(&claims[i])
	}
}

func (w *world) assert(c *graph.Claim, seq graph.Sequence, n int) {
	own := w.claims[c.ID]
	if own == nil {
		own = &claim{Claim: *c, seq: seq, n: n}
		w.put(own)
	}
	own.last, own.counts = placeOf(seq, n), true
	if of := w.claims[c.Subject]; of != nil && c.Predicate == graph.Retracts {
		of.counts = false
	}
}

// refer notes with a claim or a source what another claim says of it, which may
// stand later in the batch.
func (w *world) refer(c *graph.Claim) {
	switch c.Predicate {
	case graph.Retracts:
		of := w.claims[c.Subject]
		of.retractedBy = with(of.retractedBy, c.ID)
	case graph.Contradicts:
		for _, id := range []graph.ID{c.Subject, c.Object} {
			of := w.claims[id]
			of.contradictedBy = with(of.contradictedBy, c.ID)
		}
	case graph.Withdraws:
		of := w.sources[c.Subject]
		of.withdrawnBy = with(of.withdrawnBy, c.ID)
	}
}

// with is the list with the id in it, once.
func with(list []graph.ID, id graph.ID) []graph.ID {
	if slices.Contains(list, id) {
		return list
	}
	return append(slices.Clip(list), id)
}

// level is a record's marking; a record without one is clear.
func level(m graph.Marking) uint8 {
	if m == "" {
		return graph.Clear.Level()
	}
	return m.Level()
}

package neo4j

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// state is what a part of the log adds up to, in memory, with all that the links in
// it depend on: enough to fold them for a reader of one clearance under the default
// lens. A write holds the part that it affects, Verify and Rebuild hold everything.
type state struct {
	clearance uint8
	filter    graph.LensFilter
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
	last position
	// counts is what graph.Known says of it.
	counts bool
	// retractedBy and contradictedBy are claims about this one.
	retractedBy, contradictedBy []graph.ID
}

// position is a position in the log: the commit and the record in it, as one number.
type position int64

func positionOf(seq graph.Sequence, n int) position { return position(seq)<<20 | position(n) }

func (p position) commit() graph.Sequence { return graph.Sequence(p >> 20) }

// source is what a source's records add up to, with the claims that withdraw it.
type source struct {
	graph.Source
	digest      string
	withdrawnBy []graph.ID
	last        graph.Sequence // that recorded it; 0 when it was not read from the log
}

// entity is what an entity's records add up to. The record may be absent where
// only the marking is asked for.
type entity struct {
	record  *graph.Entity
	digest  string
	marking uint8
	last    graph.Sequence // that recorded it; 0 when it was not read from the log
}

func newState(clearance graph.Marking) *state {
	return &state{
		clearance: clearance.Level(), filter: new(graph.Lens).Filter(),
		claims: map[graph.ID]*claim{}, links: map[graph.ID][]*claim{},
		sources: map[graph.ID]*source{}, entities: map[graph.ID]*entity{},
	}
}

// addClaim adds a claim that is not yet in the state.
func (st *state) addClaim(c *claim) {
	st.claims[c.ID] = c
	if link, ok := linkOf(&c.Claim); ok {
		st.links[link] = append(st.links[link], c)
	}
}

// linkOf is the link that a claim is about, if it is about one.
func linkOf(c *graph.Claim) (graph.ID, bool) {
	if !c.Predicate.Spec().IsLink() {
		return "", false
	}
	return c.Key().ID(), true
}

// apply adds the records of a commit, in the order of the log.
func (st *state) apply(seq graph.Sequence, sources []graph.Source, entities []graph.Entity, claims []graph.Claim) {
	for i := range sources {
		s := &source{Source: sources[i], digest: graph.Digest(&sources[i]), last: seq}
		if old := st.sources[s.ID]; old != nil {
			s.Source, s.withdrawnBy = old.Source.Merge(sources[i]), old.withdrawnBy
		}
		st.sources[s.ID] = s
	}
	for i := range entities {
		record := entities[i]
		if old := st.entities[record.ID]; old != nil {
			record = old.record.Merge(record)
		}
		st.entities[record.ID] = &entity{&record, graph.Digest(&entities[i]), markingLevel(record.Marking), seq}
	}
	for i := range claims {
		st.recordClaim(&claims[i], seq, len(sources)+len(entities)+i)
	}
	for i := range claims {
		st.recordReference(&claims[i])
	}
}

// recordClaim notes a claim, and that it retracts another.
func (st *state) recordClaim(c *graph.Claim, seq graph.Sequence, n int) {
	own := st.claims[c.ID]
	if own == nil {
		own = &claim{Claim: *c, seq: seq, n: n}
		st.addClaim(own)
	}
	own.last, own.counts = positionOf(seq, n), true
	if of := st.claims[c.Subject]; of != nil && c.Predicate == graph.Retracts {
		of.counts = false
	}
}

// recordReference notes with a claim or a source what another claim says of it, which
// may stand later in the batch.
func (st *state) recordReference(c *graph.Claim) {
	switch c.Predicate {
	case graph.Retracts:
		of := st.claims[c.Subject]
		of.retractedBy = appendOnce(of.retractedBy, c.ID)
	case graph.Contradicts:
		for _, id := range []graph.ID{c.Subject, c.Object} {
			of := st.claims[id]
			of.contradictedBy = appendOnce(of.contradictedBy, c.ID)
		}
	case graph.Withdraws:
		of := st.sources[c.Subject]
		of.withdrawnBy = appendOnce(of.withdrawnBy, c.ID)
	}
}

// lastCommit is the last commit that recorded what has an id, of a link the last of its
// claims; 0 when none did.
func (st *state) lastCommit(id graph.ID) (last graph.Sequence) {
	switch {
	case st.claims[id] != nil:
		return st.claims[id].last.commit()
	case st.sources[id] != nil:
		return st.sources[id].last
	case st.entities[id] != nil:
		return st.entities[id].last
	}
	for _, c := range st.links[id] {
		last = max(last, c.last.commit())
	}
	return last
}

// appendOnce is the list with the id in it, once.
func appendOnce(list []graph.ID, id graph.ID) []graph.ID {
	if slices.Contains(list, id) {
		return list
	}
	return append(slices.Clip(list), id)
}

// markingLevel is the level of a record's marking; a record without one is clear.
func markingLevel(m graph.Marking) uint8 {
	if m == "" {
		return graph.Clear.Level()
	}
	return m.Level()
}

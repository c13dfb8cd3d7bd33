package neo4j

import (
	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/rabta/rabta/graph"
)

// link is a relationship of the native graph.
type link struct {
	id             graph.ID
	kind           graph.Predicate
	source, target graph.ID
	qualifier      string // role, stage or attributor
	status         graph.LinkStatus
	hedge          graph.Hedge
	credibility    uint8
	from, to       graph.Day // open where not known
	claims         int
}

// effective reports whether the reader sees a record of the claim that stands, of which the
// source is not withdrawn, and that is read at a link, or anywhere where none is given.
func (st *state) effective(c *claim, s *source, link graph.ID) bool {
	for marking := range c.lasts {
		if marking.Level() <= st.clearance && st.stands(c, marking) && !st.withdrawn(s, marking) && st.isReadAt(c, marking, link) {
			return true
		}
	}
	return false
}

// withdrawn reports whether somebody who saw what a source says under a marking withdrew
// the source, as far as the reader sees.
func (st *state) withdrawn(s *source, marking graph.Marking) bool {
	for _, id := range s.withdrawnBy {
		if w := st.claims[id]; w != nil && st.acts(w, marking, 0) {
			return true
		}
	}
	return false
}

// acts reports whether the reader sees a record of a retraction or withdrawal, after a
// position, that stands and of which the writer saw what is under a marking, or which is no
// less strict than that by now.
func (st *state) acts(c *claim, marking graph.Marking, after position) bool {
	for by, last := range c.lasts {
		if last.at > after && max(last.writer, by.Level()) >= marking.Level() && by.Level() <= st.clearance && st.stands(c, by) {
			return true
		}
	}
	return false
}

// stands reports whether what is recorded of a claim under a marking is taken back by
// nothing that the reader sees.
func (st *state) stands(c *claim, marking graph.Marking) bool {
	for _, id := range c.retractedBy {
		if r := st.claims[id]; r != nil && st.acts(r, marking, c.lasts[marking].at) {
			return false
		}
	}
	return true
}

// evidence reports whether the claim counts in the fold of a link, or anywhere, and what it is
// there.
func (st *state) evidence(c *claim, link graph.ID) (graph.Evidence, bool) {
	s := st.sources[c.Source]
	if s == nil {
		s = new(source) // what is as recorded
	}
	if !st.effective(c, s, link) {
		return graph.Evidence{}, false
	}
	e := graph.EvidenceOf(&c.Claim, &s.Source)
	return e, st.filter.Excludes(&e) == ""
}

// fold folds the claims of one link.
func (st *state) fold(id graph.ID) graph.Fold {
	var f graph.Fold
	for _, c := range st.readers(id) {
		if e, ok := st.evidence(c, id); ok {
			f.Add(e)
			f.Contradicted = f.Contradicted || c.Polarity == graph.Affirmed && st.contradicted(c)
		}
	}
	return f
}

// contradicted reports whether a claim that counts says that this one and another
// that counts cannot both be true.
func (st *state) contradicted(c *claim) bool {
	for _, id := range c.contradictedBy {
		by := st.claims[id]
		if by == nil || by.Polarity != graph.Affirmed || !st.isEvidence(by) {
			continue
		}
		other := otherEnd(by, c.ID)
		if o := st.claims[other]; o != nil && st.isEvidence(o) || o == nil && st.lineCounts(other) {
			return true
		}
	}
	return false
}

func (st *state) isEvidence(c *claim) bool { _, ok := st.evidence(c, ""); return ok }

func otherEnd(by *claim, id graph.ID) graph.ID {
	if by.Subject == id {
		return by.Object
	}
	return by.Subject
}

// relationship is what the claims of a link add up to; false when the reader sees
// none.
func (st *state) relationship(id graph.ID) (link, bool) {
	key, ok := st.keyOf(id)
	if !ok || !key.Kind.Spec().IsLink() {
		return link{}, false
	}
	f := st.fold(id)
	f.Contradicted = f.Contradicted || st.excluded(key, &f)
	best, _ := f.Best()
	if status := f.Status(); status == "" || f.Hidden(new(graph.Lens), nil) != "" {
		return link{}, false
	}
	times := f.Times()
	return link{
		id: id, kind: key.Kind, source: key.Source, target: key.Target, qualifier: key.Discriminator,
		status: f.Status(), hedge: graph.Hedges[best.Hedge], credibility: best.Credibility,
		from: times.Earliest, to: times.Latest, claims: f.Affirmed + f.Denied,
	}, true
}

// relationships are those that there are of links.
func (st *state) relationships(links []graph.ID) map[graph.ID]link {
	out := make(map[graph.ID]link, len(links))
	for _, id := range links {
		if l, ok := st.relationship(id); ok {
			out[id] = l
		}
	}
	return out
}

// excluded reports whether a kind of link that cannot hold beside this one is
// affirmed of the same two at the same time.
func (st *state) excluded(key graph.LinkKey, f *graph.Fold) bool {
	other, ok := excludes(key)
	if !ok {
		return false
	}
	o := st.fold(other)
	return f.Affirmed > 0 && o.Affirmed > 0 && f.Times().Overlaps(o.Times())
}

// excludes is the link that cannot hold beside this one.
func excludes(key graph.LinkKey) (graph.ID, bool) {
	kind := key.Kind.Spec().Excludes
	if kind == "" {
		return "", false
	}
	return graph.LinkKey{Kind: kind, Source: key.Source, Target: key.Target}.ID(), true
}

// date is a day as Cypher's date, null when it is open.
func date(d graph.Day) any {
	if d.Open() {
		return nil
	}
	return driver.DateOf(d.Time())
}

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

// visible reports whether the marking of a claim and of all that it names lets
// the reader see it.
func (w *world) visible(c *claim) bool {
	if level(c.Marking) > w.clearance {
		return false
	}
	for _, id := range references(&c.Claim) {
		if !w.seen(id) {
			return false
		}
	}
	return true
}

func (w *world) seen(id graph.ID) bool {
	switch {
	case id.IsClaim():
		c := w.claims[id]
		return c != nil && w.visible(c)
	case id.IsSource():
		s := w.sources[id]
		return s != nil && level(s.Marking) <= w.clearance
	}
	e := w.entities[id]
	return e != nil && e.marking <= w.clearance
}

// references lists every record that the claim names.
func references(c *graph.Claim) []graph.ID {
	out := make([]graph.ID, 0, 6)
	for _, id := range [...]graph.ID{c.Source, c.Origin, c.Subject, c.Object, c.Speaker, c.Attributor} {
		if id != "" {
			out = append(out, id)
		}
	}
	return out
}

// stands reports whether the reader sees the claim, and no retraction of it that
// stands itself.
func (w *world) stands(c *claim) bool {
	if !w.visible(c) {
		return false
	}
	for _, id := range c.retractedBy {
		if r := w.claims[id]; r != nil && r.last > c.last && w.stands(r) {
			return false
		}
	}
	return true
}

// weighs reports whether the claim counts in the fold, and what it is there.
func (w *world) weighs(c *claim) (graph.Evidence, bool) {
	if !w.stands(c) {
		return graph.Evidence{}, false
	}
	s := w.sources[c.Source]
	for _, id := range s.withdrawnBy {
		if by := w.claims[id]; by != nil && w.stands(by) {
			return graph.Evidence{}, false
		}
	}
	e := graph.EvidenceOf(&c.Claim, &s.Source)
	return e, w.judge.Excludes(&e) == ""
}

// fold folds the claims of one link.
func (w *world) fold(id graph.ID) graph.Fold {
	var f graph.Fold
	for _, c := range w.links[id] {
		if e, ok := w.weighs(c); ok {
			f.Add(e)
			f.Contradicted = f.Contradicted || c.Polarity == graph.Affirmed && w.contradicted(c)
		}
	}
	return f
}

// contradicted reports whether a claim that counts says that this one and another
// that counts cannot both be true.
func (w *world) contradicted(c *claim) bool {
	for _, id := range c.contradictedBy {
		by := w.claims[id]
		if by == nil || by.Polarity != graph.Affirmed || !w.counts(by) {
			continue
		}
		if other := w.claims[otherEnd(by, c.ID)]; other != nil && w.counts(other) {
			return true
		}
	}
	return false
}

func (w *world) counts(c *claim) bool { _, ok := w.weighs(c); return ok }

func otherEnd(by *claim, id graph.ID) graph.ID {
	if by.Subject == id {
		return by.Object
	}
	return by.Subject
}

// native is the relationship that the claims of a link add up to; false when
// the reader sees none.
func (w *world) native(id graph.ID) (link, bool) {
	if len(w.links[id]) == 0 {
		return link{}, false
	}
	f := w.fold(id)
	key := w.links[id][0].Key()
	f.Contradicted = f.Contradicted || w.excluded(key, &f)
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

// natives are the relationships that there are of links.
func (w *world) natives(links []graph.ID) map[graph.ID]link {
	out := make(map[graph.ID]link, len(links))
	for _, id := range links {
		if l, ok := w.native(id); ok {
			out[id] = l
		}
	}
	return out
}

// excluded reports whether a kind of link that cannot hold beside this one is
// affirmed of the same two at the same time.
func (w *world) excluded(key graph.LinkKey, f *graph.Fold) bool {
	other, ok := excludes(key)
	if !ok {
		return false
	}
	o := w.fold(other)
	return f.Affirmed > 0 && o.Affirmed > 0 && f.Times().Overlaps(o.Times())
}

// excludes is the link that cannot hold beside this one.
func excludes(key graph.LinkKey) (graph.ID, bool) {
	kind := key.Kind.Excludes()
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

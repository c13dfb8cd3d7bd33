package neo4j

import (
	"context"
	"encoding/json"

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
// source is not withdrawn, and that is of no retired entity.
func (st *state) effective(c *claim, s *source) bool {
	for marking := range c.lasts {
		if marking.Level() <= st.clearance && st.stands(c, marking) && !st.withdrawn(s, marking) && !st.namesRetired(c, marking) {
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

// evidence reports whether the claim counts in the fold, and what it is there.
func (st *state) evidence(c *claim) (graph.Evidence, bool) {
	s := st.sources[c.Source]
	if s == nil {
		s = new(source) // what is as recorded
	}
	if !st.effective(c, s) {
		return graph.Evidence{}, false
	}
	e := graph.EvidenceOf(&c.Claim, &s.Source)
	return e, st.filter.Excludes(&e) == ""
}

// fold folds the claims of one link.
func (st *state) fold(id graph.ID) graph.Fold {
	var f graph.Fold
	for _, c := range st.links[id] {
		if e, ok := st.evidence(c); ok {
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
		if other := st.claims[otherEnd(by, c.ID)]; other != nil && st.isEvidence(other) {
			return true
		}
	}
	return false
}

func (st *state) isEvidence(c *claim) bool { _, ok := st.evidence(c); return ok }

func otherEnd(by *claim, id graph.ID) graph.ID {
	if by.Subject == id {
		return by.Object
	}
	return by.Subject
}

// relationship is what the claims of a link add up to; false when the reader sees
// none.
func (st *state) relationship(id graph.ID) (link, bool) {
	if len(st.links[id]) == 0 || !st.links[id][0].Predicate.Spec().IsLink() {
		return link{}, false
	}
	f := st.fold(id)
	key := st.links[id][0].key()
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

// goneEntity is what retires an entity, as the head keeps it: so that a commit folds its
// links without a look at all that was recorded.
type goneEntity struct {
	// Levels has a bit for each marking under which what is said of it is retired.
	Levels    uint8    `json:"levels"`
	Reason    string   `json:"reason"`
	Successor graph.ID `json:"successor,omitempty"`
}

// subject is what the claim is about, by its id in the native graph.
func (c *claim) subject() graph.ID {
	if c.ends == nil {
		return c.Subject
	}
	return c.ends[0]
}

// object is the other end, likewise.
func (c *claim) object() graph.ID {
	if c.ends == nil {
		return c.Object
	}
	return c.ends[1]
}

// retired reports whether what is under a marking and said of an entity is retired.
func (st *state) retired(id graph.ID, marking graph.Marking) bool {
	for _, by := range st.retiring[id] {
		if st.acts(st.claims[by], marking, 0) {
			return true
		}
	}
	return st.gone[id].Levels&(1<<marking.Level()) != 0
}

// namesRetired reports whether what a claim says under a marking is of a retired entity.
func (st *state) namesRetired(c *claim, marking graph.Marking) bool {
	return c.Predicate != graph.Retires && len(st.retiring)+len(st.gone) > 0 &&
		(st.retired(c.subject(), marking) || st.retired(c.object(), marking))
}

// goneNode is what retires an entity of which nothing that is recorded stays for the
// reader; false for another.
func (st *state) goneNode(id graph.ID) (goneEntity, bool) {
	r, seen := st.entities[id].record, false
	for _, h := range st.known[r.ID] {
		if h.Kind != r.Kind || h.Marking.Level() > st.clearance {
			continue
		}
		if seen = true; !st.retired(id, h.Marking) {
			return goneEntity{}, false
		}
	}
	if len(st.retiring[id]) == 0 {
		return st.gone[id], seen
	}
	return st.whyGone(id), seen
}

// whyGone is what the last claim says that retires an entity.
func (st *state) whyGone(id graph.ID) (out goneEntity) {
	var last position
	for _, by := range st.retiring[id] {
		c := st.claims[by]
		if !st.acts(c, graph.Clear, 0) || c.last < last {
			continue
		}
		last, out.Reason, out.Successor = c.last, c.Value.Text, c.object()
	}
	for _, m := range graph.Markings {
		if st.retired(id, m) {
			out.Levels |= 1 << m.Level()
		}
	}
	return out
}

// goneText is all that is retired, as the head keeps it; nil for nothing.
func (st *state) goneText() any {
	all := map[graph.ID]goneEntity{}
	for id := range st.retiring {
		if why := st.whyGone(id); why.Levels != 0 {
			all[id] = why
		}
	}
	if len(all) == 0 {
		return nil
	}
	text, _ := json.Marshal(all) // of texts and numbers alone
	return string(text)
}

// goneOf reads what the head keeps.
func goneOf(v any) (out map[graph.ID]goneEntity) {
	text, _ := v.(string)
	if json.Unmarshal([]byte(text), &out) != nil {
		return nil
	}
	return out
}

// retires reports whether a commit retires something, or takes that back.
func (st *state) retires(c *commit) bool {
	for i := range c.Claims {
		k := &claim{Claim: c.Claims[i]}
		for k != nil && k.Predicate == graph.Retracts {
			k = st.claims[k.Subject]
		}
		if k != nil && k.Predicate == graph.Retires {
			return true
		}
	}
	return false
}

const (
	cypherGone   = `MATCH (h:Head {id: 1}) SET h.gone = $gone`
	cypherRetire = `OPTIONAL MATCH (c:Claim {predicate: 'RETIRES'}) RETURN count(c)`
)

// noteGone keeps what is retired with the head.
func (st *state) noteGone(ctx context.Context, t tx) error {
	return run(ctx, t, cypherGone, params{"gone": st.goneText()})
}

// remakeRestored makes the native graph anew where a restored log retires something, or others
// recorded any of it.
func (a *application) remakeRestored(ctx context.Context, last graph.Sequence) error {
	r, err := one(ctx, a.tx, cypherRetire, nil)
	if err != nil {
		return err
	}
	if _, err := a.lock(ctx); err != nil {
		return err
	}
	if r.int(0) == 0 && !a.head.merged {
		return nil
	}
	return a.remake(ctx, last)
}

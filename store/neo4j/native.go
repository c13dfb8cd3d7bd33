package neo4j

import (
	"cmp"
	"slices"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/rabta/rabta/graph"
)

// link is a relationship of the native graph.
type link struct {
	id             graph.ID
	kind           graph.Predicate
	source, target graph.ID
	qualifier      string // role, stage or attributor
	bearing        graph.Bearing
	status         graph.LinkStatus
	hedge          graph.Hedge
	credibility    uint8
	from, to       graph.Day // open where not known
	claims         int
	// speakers are whom the claims quote that affirm it, deniers those that deny it: ids of
	// nodes, or words, with speakersEnd after each.
	speakers, deniers string
}

// speakersEnd ends each of the speakers of a link.
const speakersEnd = "\x00"

// speakers are whom the claims of a link quote that count, speak one way: the speaker, an
// entity or words, else who makes the attribution; each once, in order.
func (st *state) speakers(id graph.ID, polarity graph.Polarity) (all string) {
	var out []string
	for _, c := range st.of(id, polarity) {
		speaker, attributor := c.Speaker, c.Attributor
		if c.ends != nil {
			speaker, attributor = c.ends[2], c.ends[3]
		}
		if who := cmp.Or(string(speaker), c.SpeakerText, string(attributor)); who != "" {
			out = append(out, who)
		}
	}
	slices.Sort(out)
	for _, who := range slices.Compact(out) {
		all += who + speakersEnd
	}
	return all
}

// speakersRow is a list of speakers as a property.
func speakersRow(all string) any {
	if all == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(all, speakersEnd), speakersEnd)
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
	s := st.sourceOf(c.Source)
	if !st.effective(c, s, link) {
		return graph.Evidence{}, false
	}
	e := graph.EvidenceOf(&c.Claim, &s.Source)
	return e, st.filter.Excludes(&e) == ""
}

// sourceOf is the source of an id, or what is as recorded.
func (st *state) sourceOf(id graph.ID) *source {
	if s := st.sources[id]; s != nil {
		return s
	}
	return new(source)
}

// fold folds the claims of one link, and weighs what stands against those that affirm it.
func (st *state) fold(id graph.ID) graph.Fold {
	var f graph.Fold
	for _, c := range st.readers(id) {
		if e, ok := st.evidence(c, id); ok {
			f.Add(e)
		}
	}
	key, _ := st.keyOf(id)
	for _, c := range st.of(id, graph.Affirmed) {
		if against := st.against(c, key); len(against) > 0 {
			f.Weigh(&c.Evidence, against)
		}
	}
	return f
}

// counted is a claim that counts.
type counted struct {
	*claim
	graph.Evidence
}

// of are the claims of a link of a polarity that count.
func (st *state) of(link graph.ID, polarity graph.Polarity) (out []counted) {
	for _, c := range st.readers(link) {
		if c.Claim.Polarity != polarity {
			continue
		}
		if e, ok := st.evidence(c, link); ok {
			out = append(out, counted{c, e})
		}
	}
	return out
}

// against is what stands against a claim that affirms the link of a key. What the accused
// denies by a link of its own changes no status, and is not asked for.
func (st *state) against(c counted, key graph.LinkKey) (out []graph.Objection) {
	add := func(by counted) { out = append(out, graph.Objection{Evidence: by.Evidence, Own: own(key, by)}) }
	for _, by := range st.of(key.ID(), graph.Denied) {
		if by.MayOverlap(&c.Evidence) {
			add(by)
		}
	}
	if other, ok := excludes(key); ok {
		timeless := key.Kind.Spec().Bearing == graph.BearingIdentity
		for _, by := range st.of(other, graph.Affirmed) {
			if timeless || by.CertainlyOverlap(&c.Evidence) {
				add(by)
			}
		}
	}
	for _, by := range st.contradicting(c.claim) {
		add(by)
	}
	return out
}

// own reports whether the claim is the word of whom the link of a key accuses.
func own(key graph.LinkKey, by counted) bool {
	accused := key.Accused()
	if accused == "" {
		return false
	}
	speaker := by.Speaker
	if by.ends != nil {
		speaker = by.ends[2]
	}
	return speaker == accused || speaker == "" && by.Claim.Hedge == graph.ClaimedByActor
}

// contradicting are the claims that count and that, as another that counts says, cannot
// be true beside this one.
func (st *state) contradicting(c *claim) (out []counted) {
	for _, id := range c.contradictedBy {
		by := st.claims[id]
		if by == nil || by.Polarity != graph.Affirmed || !st.isEvidence(by) {
			continue
		}
		id := otherEnd(by, c.ID)
		if other := st.claims[id]; other == nil {
			out = append(out, st.onLine(id)...)
		} else if e, ok := st.evidence(other, ""); ok {
			out = append(out, counted{other, e})
		}
	}
	return out
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
	best, _ := f.Best()
	if status := f.Status(); status == "" || f.Hidden(new(graph.Lens), nil) != "" {
		return link{}, false
	}
	times := f.Times()
	return link{
		id: id, kind: key.Kind, source: key.Source, target: key.Target, qualifier: key.Discriminator,
		bearing: key.Kind.Spec().BearingAs(key.Discriminator),
		status:  f.Status(), hedge: graph.Hedges[best.Hedge], credibility: best.Credibility,
		from: times.Earliest, to: times.Latest, claims: f.Affirmed + f.Denied,
		speakers: st.speakers(id, graph.Affirmed), deniers: st.speakers(id, graph.Denied),
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

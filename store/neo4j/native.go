package neo4j

import (
	"cmp"
	"context"
	"encoding/json"
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
	for _, c := range st.links[id] {
		if _, ok := st.evidence(c); !ok || c.Polarity != polarity {
			continue
		}
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

// fold folds the claims of one link, and weighs what stands against those that affirm it.
func (st *state) fold(id graph.ID) graph.Fold {
	var f graph.Fold
	for _, c := range st.links[id] {
		if e, ok := st.evidence(c); ok {
			f.Add(e)
		}
	}
	for _, c := range st.of(id, graph.Affirmed) {
		if against := st.against(c); len(against) > 0 {
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
	for _, c := range st.links[link] {
		if c.Claim.Polarity != polarity {
			continue
		}
		if e, ok := st.evidence(c); ok {
			out = append(out, counted{c, e})
		}
	}
	return out
}

// against is what stands against a claim that affirms a link. What the accused denies by
// a link of its own changes no status, and is not asked for.
func (st *state) against(c counted) (out []graph.Objection) {
	key := c.key()
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
		if other := st.claims[otherEnd(by, c.ID)]; other != nil {
			if e, ok := st.evidence(other); ok {
				out = append(out, counted{other, e})
			}
		}
	}
	return out
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

// retireRestored makes the native graph anew where a restored log retires something.
func (a *application) retireRestored(ctx context.Context, last graph.Sequence) error {
	r, err := one(ctx, a.tx, cypherRetire, nil)
	if err != nil || r.int(0) == 0 {
		return err
	}
	if _, err := a.lock(ctx); err != nil {
		return err
	}
	return a.remake(ctx, last)
}

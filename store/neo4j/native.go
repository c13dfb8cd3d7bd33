package neo4j

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
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
	reliability    graph.Reliability
	// disputed is set where all that affirms it is outweighed, contested where something stands
	// against it otherwise.
	disputed, contested bool
	from, to            graph.Day // open where not known
	// held are the intervals in which it held, each as textEnd ends it. Interrupted and
	// outsideLife are those of the server's answer.
	held                     string
	interrupted, outsideLife bool
	claims                   int
	// speakers are whom the claims quote that affirm it, deniers those that deny it: ids of
	// nodes, or words, with textEnd after each.
	speakers, deniers string
	// sourceIs is what the source is to the target, of relatives, and amounts are how much it
	// was about, low:best:high:unit, each as claims that affirm it say, the best first.
	sourceIs, amounts string
}

// textEnd ends each text of a list of a link.
const textEnd = "\x00"

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
		all += who + textEnd
	}
	return all
}

// saying are what the claims that affirm a link say, the best first, each once.
func (st *state) saying(id graph.ID, what func(counted) string) (all string) {
	list := st.of(id, graph.Affirmed)
	slices.SortStableFunc(list, func(a, b counted) int { return a.Compare(&b.Evidence) })
	var out []string
	for _, c := range list {
		if text := what(c); text != "" && !slices.Contains(out, text) {
			out = append(out, text)
			all += text + textEnd
		}
	}
	return all
}

// degreeOf is what the source of a link is to its target, as a claim says.
func degreeOf(c counted, key graph.LinkKey) string {
	subject := c.Subject
	if c.ends != nil {
		subject = c.ends[0]
	}
	if subject != key.Source {
		return string(c.Degree.Inverse())
	}
	return string(c.Degree)
}

// amountOf is an amount as a text.
func amountOf(a *graph.Amount) string {
	if a == nil {
		return ""
	}
	figure := func(f *float64) string {
		if f == nil {
			return ""
		}
		return strconv.FormatFloat(*f, 'f', -1, 64)
	}
	return strings.Join([]string{figure(a.Low), figure(a.Best), figure(a.High), a.Unit}, ":")
}

// textsRow is a list of texts as a property.
func textsRow(all string) any {
	if all == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(all, textEnd), textEnd)
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
	seen, _, _ := st.sourceSeen(c.Source, 0)
	e := graph.EvidenceOf(&c.Claim, &seen)
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
	t := st.times(key, &f)
	return link{
		id: id, kind: key.Kind, source: key.Source, target: key.Target, qualifier: key.Discriminator,
		bearing: key.Kind.Spec().BearingAs(key.Discriminator),
		status:  f.Status(), hedge: graph.Hedges[best.Hedge], credibility: best.Credibility,
		reliability: graph.Reliabilities[best.Reliability], disputed: f.Disputed(), contested: st.contested(key, &f),
		from: t.first(), to: t.last(), held: t.texts(), interrupted: interval.Interrupted(t.held), outsideLife: t.outside,
		claims:   f.Affirmed + f.Denied,
		speakers: st.speakers(id, graph.Affirmed), deniers: st.speakers(id, graph.Denied),
		sourceIs: st.saying(id, func(c counted) string { return degreeOf(c, key) }),
		amounts:  st.saying(id, func(c counted) string { return amountOf(c.Amount) }),
	}, true
}

// contested reports whether something stands against a link that is not disputed: also that
// the accused denies the incident that it lays to him.
func (st *state) contested(key graph.LinkKey, f *graph.Fold) bool {
	if f.Disputed() || f.Affirmed == 0 || f.Contested() {
		return f.Contested()
	}
	denial, ok := denialOf(key)
	return ok && len(st.of(denial, graph.Affirmed)) > 0
}

// denialOf is the link by which whom a link accuses denies the incident; false where it accuses
// nobody.
func denialOf(key graph.LinkKey) (graph.ID, bool) {
	accused, incident := key.Accused(), key.Source
	if accused == key.Source {
		incident = key.Target
	}
	lays := key.Kind.Spec().LaysIncident(key.Discriminator)
	return graph.LinkKey{Kind: graph.DeniedResponsibility, Source: accused, Target: incident}.ID(), accused != "" && lays
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

// vitals are the attributes that say when something began and ended.
var vitals = []graph.Predicate{graph.Birth, graph.Death, graph.FoundedOn, graph.DissolvedOn}

// isVital reports whether claims of a predicate say when a life began or ended.
func isVital(p graph.Predicate) bool { return slices.Contains(vitals, p) }

// vitalKey is the id that the claims of one such predicate have together.
func vitalKey(id graph.ID, p graph.Predicate) graph.ID {
	return graph.LinkKey{Kind: p, Source: id}.ID()
}

// livesOf are the lives of an entity by what counts; nil where nothing bounds them. Those that
// are judged to be the same keep their own, as they keep their own relationships.
func (st *state) livesOf(id graph.ID) interval.Lives {
	births, deaths := st.vitalsOf(id, graph.Birth), st.vitalsOf(id, graph.Death)
	if len(births)+len(deaths) > 0 {
		return interval.LifeOf(births, deaths)
	}
	return interval.LivesOf(st.vitalsOf(id, graph.FoundedOn), st.vitalsOf(id, graph.DissolvedOn))
}

// vitalsOf are the dates that claims give which count, but for those that are disputed.
func (st *state) vitalsOf(id graph.ID, p graph.Predicate) (out []interval.Vital) {
	key := vitalKey(id, p)
	denied, dates := st.of(key, graph.Denied), map[string]*graph.Fold{}
	for _, c := range st.of(key, graph.Affirmed) {
		date := c.Value.Date.EDTF
		if dates[date] == nil {
			dates[date] = new(graph.Fold)
		}
		dates[date].Add(c.Evidence)
		if against := st.againstDate(c, denied); len(against) > 0 {
			dates[date].Weigh(&c.Evidence, against)
		}
	}
	for text, f := range dates {
		if d, err := graph.ParseDate(text); err == nil && !f.Disputed() {
			best, _ := f.Best()
			date := graph.Span{Earliest: d.Earliest, Latest: d.Latest}
			out = append(out, interval.Vital{Date: date, Grade: interval.GradeOf(&best)})
		}
	}
	return out
}

// againstDate is what stands against a claim that gives a date: those that deny it, and what
// others contradict it by.
func (st *state) againstDate(c counted, denied []counted) (out []graph.Objection) {
	for _, by := range denied {
		if by.Value.Date.EDTF == c.Value.Date.EDTF && by.MayOverlap(&c.Evidence) {
			out = append(out, graph.Objection{Evidence: by.Evidence})
		}
	}
	for _, by := range st.contradicting(c.claim) {
		out = append(out, graph.Objection{Evidence: by.Evidence})
	}
	return out
}

// linkTimes are the intervals in which a link held, and the claims that give their ends.
type linkTimes struct {
	held    []interval.Interval
	outside bool
	claims  []counted
}

// times are when a link held: the intervals of the claims that affirm it, within the lives of
// its ends.
func (st *state) times(key graph.LinkKey, f *graph.Fold) (t linkTimes) {
	if f.Affirmed == 0 || f.Undated() {
		return t
	}
	t.claims = st.of(key.ID(), graph.Affirmed)
	slices.SortFunc(t.claims, func(a, b counted) int { return cmp.Compare(a.ID, b.ID) })
	var own []interval.Interval
	for i, c := range t.claims {
		c.Order = uint32(i)
		if held, ok := interval.Of(&c.Evidence); ok {
			own = append(own, held)
		}
	}
	within, anyhow := st.alive(key, f, false), st.alive(key, f, true)
	parts := interval.Cut(own, within)
	outside := func(i interval.Interval) bool { return len(interval.Cut([]interval.Interval{i}, anyhow)) == 0 }
	t.outside = len(own) > 0 && !anyhow.IsAlways() && (len(parts) == 0 || slices.ContainsFunc(parts, outside))
	t.held = interval.Merge(slices.Clone(parts))
	return t
}

// alive are the days on which both ends of a link lived, as far as that cuts it: anyhow, or by
// what is graded as well as the link.
func (st *state) alive(key graph.LinkKey, f *graph.Fold, anyhow bool) interval.Days {
	best, _ := f.Best()
	c := interval.Cutting{Grade: interval.GradeOf(&best), Anyhow: anyhow}
	if c.Begin, c.End = key.Kind.Spec().Bearing.CutByLife(); !c.Begin {
		return interval.Always
	}
	return c.Leaves(st.livesOf(key.Source)).And(c.Leaves(st.livesOf(key.Target)))
}

// first is the first day on which the link may have held; open where not known.
func (t *linkTimes) first() graph.Day {
	if len(t.held) > 0 && (t.held[0].FromGiven || t.held[0].FromCut) {
		return t.held[0].From.Earliest
	}
	return graph.OpenStart
}

// last is the last such day.
func (t *linkTimes) last() graph.Day {
	if len(t.held) > 0 {
		if i := t.held[interval.Last(t.held)]; i.ToGiven || i.ToCut {
			return i.To.Latest
		}
	}
	return graph.OpenEnd
}

// texts are the intervals by their ends, as written, with a colon between.
func (t *linkTimes) texts() (all string) {
	for i := range t.held {
		all += t.from(&t.held[i]) + ":" + t.to(&t.held[i]) + textEnd
	}
	return all
}

func (t *linkTimes) from(i *interval.Interval) string {
	switch within := i.From; {
	case i.FromCut && !i.FromGiven:
		return graph.DateWithin(graph.Span{Earliest: within.Earliest, Latest: graph.OpenEnd}).EDTF
	case i.FromCut:
		return graph.DateWithin(within).EDTF
	case i.FromGiven:
		return t.claims[i.FromOrder].ValidFrom.EDTF
	}
	return ""
}

func (t *linkTimes) to(i *interval.Interval) string {
	switch within := i.To; {
	case i.ToCut && !i.ToGiven:
		return graph.DateWithin(graph.Span{Earliest: graph.OpenStart, Latest: within.Latest}).EDTF
	case i.ToCut:
		return graph.DateWithin(within).EDTF
	case i.ToGiven:
		return t.claims[i.ToOrder].ValidTo.EDTF
	}
	return ""
}

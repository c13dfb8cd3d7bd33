package live_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
)

// world is a random feed.
type world struct{ *feed }

// drawOlder makes a generator of worlds that were written before records had stamps.
func drawOlder(tr traits) *rapid.Generator[world] {
	return rapid.Map(drawWorld(tr), func(w world) world {
		w.older()
		return w
	})
}

// asSeen is a lens on what a clearance sees of the world: the commit that it names is that
// by the clearance's number.
func (w world) asSeen(lens graph.Lens, clearance graph.Marking) graph.Lens {
	if n := lens.KnownAtSequence; n != nil && *n > 0 && int(*n) <= len(w.changes) {
		lens.KnownAtSequence = ptr(w.changes[*n-1].Numbers.At(clearance))
	}
	return lens
}

// GoString is what a failing property prints.
func (w world) GoString() string {
	var b strings.Builder
	for _, ch := range w.changes {
		fmt.Fprintf(&b, "\n#%d", ch.Sequence)
		for i := range ch.Sources {
			fmt.Fprintf(&b, "\n  %s", graph.Encode(&ch.Sources[i]))
		}
		for i := range ch.Entities {
			fmt.Fprintf(&b, "\n  %s", graph.Encode(&ch.Entities[i]))
		}
		for i := range ch.Claims {
			fmt.Fprintf(&b, "\n  %s %s", ch.Claims[i].ID[:6], graph.Encode(&ch.Claims[i]))
		}
	}
	return b.String()
}

// traits says what a random world may hold beside plain claims.
type traits struct {
	markings     bool // at every place
	remarked     bool // markings that change after a record was made
	identity     bool // SAME_AS and NOT_SAME_AS
	retractions  bool // with re-assertions, withdrawals, contradictions
	derivation   bool
	entities     [2]int
	claims       [2]int
	namesSources bool
	once         bool // nothing is asserted again
	writers      bool // of every clearance; what is refused is left out
	plainly      bool // no contradiction of claims about claims
	linesAlone   bool // no claims that name
	retires      bool // entities that are retired
	ofLines      bool // claims about what lines say
}

// anything is a world with all that there is.
var anything = traits{
	markings: true, remarked: true, identity: true, retractions: true, derivation: true, entities: [2]int{10, 40},
	claims: [2]int{5, 60}, namesSources: true,
}

// dense is a small world in which much is said of everything.
var dense = traits{
	markings: true, remarked: true, identity: true, retractions: true, derivation: true, entities: [2]int{10, 14},
	claims: [2]int{60, 120}, namesSources: true,
}

// artist draws a world.
type artist struct {
	*rapid.T
	traits
	feed     *feed
	entities map[graph.EntityKind][]graph.ID
	recorded map[graph.ID]bool
	sources  []graph.ID
	claims   []graph.Claim // recorded
	onLines  []graph.Claim // for which lines stand
	writer   graph.Marking // of the batch
}

// drawWorld makes a generator of worlds.
func drawWorld(tr traits) *rapid.Generator[world] {
	return rapid.Custom(func(t *rapid.T) world {
		a := &artist{
			T: t, traits: tr, feed: newFeed(), entities: map[graph.EntityKind][]graph.ID{},
			recorded: map[graph.ID]bool{},
		}
		for i := range rapid.IntRange(3, 6).Draw(t, "sources") {
			a.sources = append(a.sources, graph.ID(fmt.Sprintf("s_%c", 'a'+i)))
		}
		n := rapid.IntRange(tr.entities[0], tr.entities[1]).Draw(t, "entities")
		for i := range n {
			kind := graph.EntityKinds[i%len(graph.EntityKinds)]
			place := i / len(graph.EntityKinds) // the alphabet is not the order of recording
			id := graph.ID(fmt.Sprintf("%s%d", strings.ToLower(string(kind[:3])), (7*place+5)%10))
			a.entities[kind] = append(a.entities[kind], id)
		}
		left := rapid.IntRange(tr.claims[0], tr.claims[1]).Draw(t, "claims")
		for i := range rapid.IntRange(1, 6).Draw(t, "batches") {
			some := left
			if i < 5 {
				some = rapid.IntRange(0, left).Draw(t, "claims of the batch")
			}
			left -= some
			a.batch(i, some)
		}
		return world{a.feed}
	})
}

func (a *artist) one(n int, label string) bool { return rapid.IntRange(0, n-1).Draw(a.T, label) == n-1 }

func pick[V any](a *artist, label string, list []V) V {
	return rapid.SampledFrom(list).Draw(a.T, label)
}

func (a *artist) marking() graph.Marking {
	if !a.markings || !a.one(6, "marked") {
		return ""
	}
	return pick(a, "marking", graph.Markings[:a.writer.Level()+1])
}

func (a *artist) batch(number, claims int) {
	a.writer = graph.Red
	if a.writers {
		a.writer = pick(a, "writer", graph.Markings)
	}
	b := graph.Batch{
		ID: fmt.Sprint("batch ", number), Reassert: a.retractions && !a.once && a.one(3, "reassert"),
		Actor: pick(a, "actor", []string{"", "ana", "builder"}), Reason: pick(a, "reason", []string{"", "a report", "ana"}),
	}
	for _, id := range a.sources {
		if !a.recorded[id] || a.one(8, "source again") {
			b.Sources = append(b.Sources, a.source(id))
		}
	}
	for _, kind := range graph.EntityKinds {
		for i, id := range a.entities[kind] {
			if !a.recorded[id] && (number > 0 || i == 0 || !a.one(4, "later")) ||
				a.recorded[id] && a.one(12, "entity again") {
				b.Entities = append(b.Entities, a.entity(kind, id))
			}
		}
	}
	if a.ofLines {
		b.Entities = append(b.Entities, a.entitiesAgain()...)
	}
	recorded := maps.Clone(a.recorded)
	for _, s := range b.Sources {
		a.recorded[s.ID] = true
	}
	for _, e := range b.Entities {
		a.recorded[e.ID] = true
	}
	before := len(a.claims)
	for range claims {
		if c, ok := a.claim(); ok {
			a.claims = append(a.claims, c)
		}
	}
	b.Claims = slices.Clone(a.claims[before:])
	if b.Reassert && before > 0 {
		for range rapid.IntRange(1, 6).Draw(a.T, "asserted again") {
			b.Claims = append(b.Claims, pick(a, "again", a.claims[:before]))
		}
	}
	b.Clearance = a.writer
	if a.writers && a.feed.refuses(b) {
		a.recorded, a.claims = recorded, a.claims[:before]
		return
	}
	a.feed.apply(b)
	for i := range b.Entities {
		a.onLines = append(a.onLines, graph.Expand(&b.Entities[i])...)
	}
}

// entitiesAgain are lines of some entities that were recorded before.
func (a *artist) entitiesAgain() (out []graph.Entity) {
	for _, kind := range graph.EntityKinds {
		for _, id := range a.entities[kind] {
			if a.recorded[id] && a.one(4, "line again") {
				out = append(out, a.entity(kind, id))
			}
		}
	}
	return out
}

func (a *artist) source(id graph.ID) graph.Source {
	kinds := []graph.SourceKind{graph.ArticleKind, graph.ListKind, graph.StatementKind, "REPORT"}
	s := graph.Source{ID: id, Kind: pick(a, "kind", kinds), Publisher: pick(a, "publisher", []string{"", "Dawn", "dawn", "Clarion"}), Title: "Report " + pick(a, "title", []string{"x", "Y", "é"})}
	s.Reliability = pick(a, "letter", append([]graph.Reliability{"", "F"}, graph.Reliabilities...))
	if a.one(2, "published") {
		s.Published = a.date("published")
	}
	if !a.recorded[id] || a.remarked {
		s.Marking = a.marking()
	}
	if a.derivation && a.one(2, "derived") {
		for _, other := range rapid.SliceOfNDistinct(rapid.SampledFrom(a.sources), 1, 2, rapid.ID).Draw(a.T, "from") {
			if other != id {
				s.DerivedFrom = append(s.DerivedFrom, other)
			}
		}
	}
	return s
}

func (a *artist) entity(kind graph.EntityKind, id graph.ID) graph.Entity {
	e := graph.Entity{ID: id, Kind: kind}
	for range rapid.IntRange(1, 2).Draw(a.T, "names") {
		n := graph.Name{
			Value:   pick(a, "name", []string{"Alpha", "alpha", "Béta", "Gamma", "Alpha Two"}),
			Primary: a.one(4, "primary"),
		}
		if a.ofLines && len(e.Names) > 0 {
			n.Primary = n.Primary && !e.Names[0].Primary
		}
		if a.namesSources && a.one(3, "spelling") {
			n.Source = pick(a, "spelt in", a.sources)
		}
		e.Names = append(e.Names, n)
	}
	if a.one(4, "described") {
		e.Description = pick(a, "description", []string{"One.", "Two."})
		e.External = []string{pick(a, "external", []string{"x:1", "x:2"})}
	}
	if !a.recorded[id] || a.remarked {
		e.Marking = a.marking()
	}
	return e
}

func (a *artist) date(label string) graph.PartialDate {
	return date(pick(a, label,
		[]string{
			"2000", "2001", "2002", "2001-03", "2001-03~", "2001?", "2000/2001", "../2001", "2001/..", "2001-03-05",
		}))
}

// of is a recorded entity of one of the kinds; the first of each kind come often,
// so that claims meet.
func (a *artist) of(kinds ...graph.EntityKind) (graph.ID, bool) {
	var list []graph.ID
	for _, k := range kinds {
		for i, id := range a.entities[k] {
			if a.recorded[id] {
				list = append(list, slices.Repeat([]graph.ID{id}, max(1, 6-3*i))...)
			}
		}
	}
	if len(list) == 0 {
		return "", false
	}
	return pick(a, "entity", list), true
}

var plainKinds = []graph.Predicate{
	"MEMBER_OF", "LEADS", graph.KinOf, "STUDIED_AT", graph.AlliedWith, graph.AlliedWith, graph.RivalOf, graph.RivalOf,
	"SUPPORTS", "CLAIMED", "CLAIMED", graph.AttributedTo, graph.AttributedTo, graph.ParticipatedIn,
	"TARGETED", "OCCURRED_AT", graph.LocatedIn, "BASED_IN", "DESIGNATED_BY", "CHARGED_IN", graph.PossiblySameAs,
	"STATUS", "IDEOLOGY", graph.Responsibility, graph.DateOf, "FOUNDED_ON", "STRENGTH", graph.Casualties,
	graph.Casualties, graph.Coordinates,
}

var ofNaming = []graph.Predicate{
	graph.NameOf, graph.NameOf, graph.NameOf, graph.Description, graph.SubtypeOf, graph.ExternalID,
}

// claim draws a claim; false when there is nothing that it could be about.
func (a *artist) claim() (graph.Claim, bool) {
	kinds := plainKinds
	if !a.linesAlone {
		kinds = slices.Concat(kinds, ofNaming)
	}
	if a.identity {
		kinds = append(slices.Clone(kinds), graph.SameAs, graph.SameAs, graph.SameAs, graph.SameAs, graph.NotSameAs)
	}
	if a.retractions {
		kinds = append(slices.Clone(kinds), graph.Retracts, graph.Retracts, graph.Retracts, graph.Retracts,
			graph.Withdraws, graph.Contradicts, graph.Contradicts, graph.Contradicts)
	}
	if a.retires {
		kinds = append(slices.Clone(kinds), slices.Repeat([]graph.Predicate{graph.Retires}, 4)...)
	}
	c := graph.Claim{Predicate: pick(a, "predicate", kinds)}
	ok := a.ends(&c)
	if !ok {
		return c, false
	}
	c.Source, c.Hedge = pick(a, "source", a.sources), pick(a, "hedge", graph.Hedges)
	if c.Predicate == graph.Withdraws && c.Source == c.Subject {
		return c, false
	}
	c.Credibility = rapid.IntRange(0, 6).Draw(a.T, "credibility")
	remark := c.Predicate == graph.Retracts || c.Predicate == graph.Withdraws || c.Predicate == graph.Retires
	if !remark && a.one(4, "not affirmed") {
		c.Polarity = pick(a, "polarity", []graph.Polarity{graph.Denied, graph.NoEvidence})
	}
	c.Marking = a.marking()
	if a.one(5, "mentions") {
		c.Speaker, _ = a.of(graph.Individual, graph.Organisation)
	} else if a.one(4, "quotes") {
		c.SpeakerText = pick(a, "speaker", []string{"an officer", "An Officer", "a clerk"})
	}
	if a.one(4, "relies") {
		c.Origin = pick(a, "origin", a.sources)
	}
	if a.one(2, "dated") {
		a.dates(&c)
	}
	if a.one(8, "inferred") {
		c.Rule = "rule"
	}
	if a.one(4, "labelled") {
		c.Label, c.Excerpt, c.Locator = pick(a, "label", []string{"C1", "C2"}), "a few words", "P1"
		c.Text = "It is said that some few did."
	}
	return c.Normalised(), true
}

func (a *artist) dates(c *graph.Claim) {
	from, to := a.date("from"), a.date("to")
	if a.one(3, "open start") {
		from = graph.PartialDate{}
	}
	if a.one(3, "open end") {
		to = graph.PartialDate{}
	}
	if from.IsZero() || to.IsZero() || from.Earliest <= to.Latest {
		c.ValidFrom, c.ValidTo = from, to
	}
}

func (a *artist) ends(c *graph.Claim) (ok bool) {
	spec := c.Predicate.Spec()
	switch spec.Shape {
	case graph.ShapeLink:
		if c.Subject, ok = a.of(spec.From...); !ok {
			return false
		}
		to := spec.To
		if spec.SameKind {
			to = []graph.EntityKind{a.kindOf(c.Subject)}
		}
		if c.Object, ok = a.of(to...); !ok || c.Object == c.Subject {
			return false
		}
		a.qualify(c)
	case graph.ShapeClaim:
		c.Subject, ok = a.about("retracted")
		return ok
	case graph.ShapeClaimPair:
		if c.Subject, ok = a.about("one"); !ok {
			return false
		}
		if c.Object, ok = a.about("another"); !ok {
			return false
		}
		aboutRecords := func(k graph.Claim) bool {
			return (k.ID == c.Subject || k.ID == c.Object) && k.Predicate.Spec().Shape >= graph.ShapeClaim
		}
		return c.Subject != c.Object && !(a.plainly && slices.ContainsFunc(a.claims, aboutRecords))
	case graph.ShapeSource:
		c.Subject = pick(a, "withdrawn", a.sources)
	case graph.ShapeRetirement:
		if c.Subject, ok = a.of(graph.EntityKinds...); !ok {
			return false
		}
		c.Value = &graph.Value{Text: "a mistake"}
		if a.one(2, "succeeded") {
			c.Object, _ = a.of(graph.EntityKinds...)
		}
		return c.Object != c.Subject
	default:
		if c.Subject, ok = a.of(spec.From...); !ok {
			return false
		}
		a.value(c, spec.Shape)
		if spec.Shape == graph.ShapeSubtype {
			c.Value.Text = rapid.SampledFrom(graph.Subtypes(a.kindOf(c.Subject))).Draw(a.T, "subtype")
		}
	}
	return true
}

// about is a claim for another to be about.
func (a *artist) about(label string) (graph.ID, bool) {
	list := a.claims
	if a.ofLines && len(a.onLines) > 0 && a.one(2, "of a line") {
		list = a.onLines
	}
	if len(list) == 0 {
		return "", false
	}
	return pick(a, label, list).ID, true
}

func (a *artist) kindOf(id graph.ID) graph.EntityKind {
	for k, list := range a.entities {
		if slices.Contains(list, id) {
			return k
		}
	}
	panic("no such entity")
}

func (a *artist) qualify(c *graph.Claim) {
	switch c.Predicate {
	case "MEMBER_OF":
		c.Role = pick(a, "role", []string{"", "commander", "Émir"})
	case graph.AssociateOf:
		c.Role = pick(a, "layer", []string{"", "", "Trust", "trust "})
	case graph.PartyTo:
		c.Role = pick(a, "party", []string{"ATTACKER", "defender", "SIDE_A", "side b", "MEDIATOR", "SIGNATORY"})
	case graph.Funded:
		if a.one(2, "an amount") {
			c.Amount = &graph.Amount{Unit: pick(a, "unit", []string{"USD", "rifles"}), Best: ptr(float64(rapid.IntRange(0, 2).Draw(a.T, "sum")))}
		}
	case graph.ParticipatedIn:
		c.Role = pick(a, "part", []string{"", "Victim", "perpetrator"})
	case "CHARGED_IN":
		c.Stage = pick(a, "stage", []string{"", "trial"})
	case graph.AttributedTo:
		c.Basis = pick(a, "basis", append([]graph.AttributionBasis{""}, graph.Bases...))
		if !a.one(3, "nobody") {
			c.Attributor, _ = a.of(graph.Organisation, graph.Individual)
		}
	case graph.KinOf:
		c.Degree = pick(a, "degree", append([]graph.KinDegree{""}, graph.AllDegrees...))
	case graph.AlliedWith:
		c.Grade, c.Nature = pick(a, "grade", []graph.LinkGrade{"", "ALLY"}), pick(a, "nature", []string{"", "training"})
		c.Modes = rapid.SliceOfN(rapid.SampledFrom(graph.Modes), 0, 2).Draw(a.T, "modes")
	case "CLAIMED":
		c.Channel = pick(a, "channel", []string{"", "Umar Media"})
	}
}

func (a *artist) value(c *graph.Claim, shape graph.Shape) {
	v := &graph.Value{}
	c.Value = v
	number := func(label string) float64 { return float64(rapid.IntRange(0, 3).Draw(a.T, label)) }
	switch shape {
	case graph.ShapeText:
		v.Text = pick(a, "text", []string{"active", "Dissolved", "ésotérique"})
	case graph.ShapeDate:
		v.Date = a.date("date")
	case graph.ShapeRange, graph.ShapeCasualties:
		low := number("low")
		switch rapid.IntRange(0, 3).Draw(a.T, "figures") {
		case 0:
			v.Best = &low
		case 1:
			v.Low = &low
		case 2:
			v.High = &low
		default:
			v.Low, v.Best, v.High = &low, ptr(low+number("more")), ptr(low+7)
		}
		v.Circa = a.one(3, "circa")
		if shape == graph.ShapeCasualties {
			v.Role, v.Effect = pick(a, "role", []graph.CasualtyRole{"CIVILIAN", "MILITANT", graph.RoleAll, "UNKNOWN"}), pick(a, "effect", graph.CasualtyEffects[:2])
		} else {
			v.Unit = pick(a, "unit", []string{"", "fighters"})
		}
	case graph.ShapeName:
		v.Text, v.Primary = pick(a, "name", []string{"Alpha", "Béta ", "Delta"}), a.one(3, "primary")
		v.Form = pick(a, "form", append([]graph.NameForm{""}, graph.NameForms...))
		v.Lang = pick(a, "lang", []string{"", "", "ur"})
	case graph.ShapePoint:
		v.Lat, v.Lon = ptr(number("lat")), ptr(number("lon"))
		v.Precision = pick(a, "precision", []graph.GeoPrecision{"", "TOWN"})
	}
}

// drawLens draws a lens over every field; sources that it names may be ones that
// the reader cannot see.
func drawLens(t *rapid.T, w world) graph.Lens {
	var l graph.Lens
	some := func(label string) bool { return rapid.IntRange(0, 4).Draw(t, label) == 4 }
	yes := func(label string) *bool {
		if !some(label) {
			return nil
		}
		return ptr(rapid.Bool().Draw(t, label))
	}
	aDay := func(label string) *graph.Day {
		return day(rapid.SampledFrom([]string{
			"1999-12-31", "2000-01-01", "2001-03-05", "2001-12-31", "2003-01-01",
		}).Draw(t, label))
	}
	if some("asOf") {
		l.AsOf = aDay("day")
		if rapid.Bool().Draw(t, "mode") {
			l.AsOfMode = ptr(rapid.SampledFrom(graph.AsOfModes).Draw(t, "asOfMode"))
		}
	}
	if some("knownAt") {
		commit := graph.Sequence(rapid.IntRange(0, len(w.changes)).Draw(t, "at"))
		l.KnownAt = ptr(recordedAt(commit).Add(time.Duration(rapid.IntRange(-1, 0).Draw(t, "before"))))
	}
	if some("knownAtSequence") {
		l.KnownAtSequence = ptr(graph.Sequence(rapid.IntRange(0, len(w.changes)).Draw(t, "sequence")))
	}
	if some("publishedBy") {
		l.PublishedBy = aDay("published by")
	}
	if some("minCredibility") {
		l.MinCredibility = ptr(rapid.IntRange(1, 6).Draw(t, "credibility"))
	}
	if some("minReliability") {
		l.MinReliability = ptr(rapid.SampledFrom(graph.Reliabilities).Draw(t, "reliability"))
	}
	l.IncludeUnjudged = yes("unjudged")
	if some("minIndependentSources") {
		l.MinIndependentSources = ptr(rapid.IntRange(0, 3).Draw(t, "independent"))
	}
	if some("hedges") {
		l.Hedges = rapid.SliceOfN(rapid.SampledFrom(graph.Hedges), 0, 9).Draw(t, "of")
	}
	ids := func(label string) []graph.ID {
		return rapid.SliceOfN(rapid.SampledFrom([]graph.ID{"s_a", "s_b", "s_c"}), 0, 2).Draw(t, label)
	}
	if some("sources") {
		l.Sources = ids("sources")
	}
	if some("withoutSources") {
		l.WithoutSources = ids("withoutSources")
	}
	if some("sourceKinds") {
		l.SourceKinds = []graph.SourceKind{graph.ArticleKind, graph.ListKind}
	}
	first := w.changes[:min(1, len(w.changes))] // none where every batch was refused
	if some("publishers") {
		l.Publishers = []string{}
		for _, ch := range first {
			for _, s := range ch.Sources {
				if s.Publisher != "" && rapid.Bool().Draw(t, "published there") {
					l.Publishers = append(l.Publishers, strings.ToUpper(s.Publisher))
				}
			}
		}
	}
	speaking := func(label string) []graph.ID {
		if ids := entitiesOf(first); len(ids) > 0 {
			return rapid.SliceOfN(rapid.SampledFrom(ids), 0, 3).Draw(t, label)
		}
		return []graph.ID{}
	}
	if some("speakers") && some("of some") {
		l.Speakers = speaking("speakers")
	}
	if some("attributors") && some("of some") {
		l.Attributors = speaking("attributors")
	}
	if some("officialVoices") {
		l.OfficialVoices = yes("official")
	}
	l.IncludeDisputed, l.IncludeDenied, l.IncludeAssessments, l.IncludeInferred =
		yes("disputed"), yes("denied"), yes("assessments"), yes("inferred")
	return l
}

// namingNothing is a lens without the conditions that name what may not be there.
func namingNothing(l graph.Lens) graph.Lens {
	l.Sources, l.WithoutSources, l.Publishers, l.Speakers, l.Attributors = nil, nil, nil, nil, nil
	return l
}

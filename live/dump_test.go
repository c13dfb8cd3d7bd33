package live_test

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// dump is all that a view tells, in plain values: what two ways of reading the
// same thing are compared by.
type dump struct {
	Sequence graph.Sequence
	Recorded time.Time
	Counts   [4]int
	Entities []dumpEntity
	Links    []dumpLink
	Claims   []dumpClaim // those that count, in the order of the feed
	Known    []dumpClaim // all that can be found by id
	Sources  []dumpSource
}

type dumpName struct {
	Value, Lang string
	Primary     bool
	Source      graph.ID
	Form        graph.NameForm
	Grade       dumpGrade
	Claims      []graph.ID
}

// dumpGrade is how well something is said.
type dumpGrade struct {
	Credibility         int
	Hedge               graph.Hedge
	Disputed, Contested bool
	Speakers            []dumpSpeaker
}

type dumpEntity struct {
	ID             graph.ID
	Kind           graph.EntityKind
	Name           string
	NameOutside    bool
	Names          []dumpName
	Same, SameBy   []graph.ID
	Representation graph.Representation
	Marking        graph.Marking
	Links, Out, In []graph.ID
	Claims         []graph.ID
	Attributes     []dumpAttribute
	Fields         map[string][]dumpAttribute // those of its kind
	Casualties     []dumpCasualties
	Claimed        dumpClaimed
}

type dumpAttribute struct {
	Predicate       graph.Predicate
	Value           string
	Polarity        graph.Polarity
	Credibility     int
	Hedge           graph.Hedge
	Disputed, Rival bool
	Contested       bool
	Marking         graph.Marking
	Independent     int
	Speakers        []dumpSpeaker
	Claims          []graph.ID
}

// dumpClaimed says whether somebody claimed an incident, and by which claims; empty for
// anything else.
type dumpClaimed struct {
	By     graph.ClaimedBy
	Grade  dumpGrade
	Claims []graph.ID
}

type dumpCasualties struct {
	From, To        string
	Role            graph.CasualtyRole
	Effect          graph.CasualtyEffect
	Low, Best, High *int
	Circa           bool
	Grade           dumpGrade
	Claims          []graph.ID
}

type dumpSpeaker struct {
	Entity   graph.ID
	Text     string
	Role     graph.SpeakerRole
	Polarity graph.Polarity
	Count    int
}

type dumpLink struct {
	ID                           graph.ID
	Kind                         graph.Predicate
	Source, Target               graph.ID
	Status                       graph.LinkStatus
	Credibility                  int
	Hedge                        graph.Hedge
	Reliability                  graph.Reliability
	From, To                     string
	Held                         []dumpInterval
	Interrupted, Outside         bool
	Disagree, Undated            bool
	Independent                  int
	Disputed, Contested          bool
	Bearing                      graph.Bearing
	Direction                    live.Direction
	Marking                      graph.Marking
	Affirmed, Denied, NoEvidence int
	Claims, ContradictedBy       []graph.ID
	Role, Stage, Nature, Channel string
	Basis                        graph.AttributionBasis
	Grade                        graph.LinkGrade
	Attributor                   graph.ID
	Modes                        []graph.Mode
	Degrees                      []graph.KinDegree
	Amounts                      []dumpAmount
	Speakers                     []dumpSpeaker
}

type dumpAmount struct {
	Text                string
	Hedge               graph.Hedge
	Credibility         int
	Disputed, Contested bool
	Claims              []graph.ID
}

type dumpInterval struct {
	From, To string
	Cut      bool
	Claims   []graph.ID
}

type dumpClaim struct {
	Claim               string // as recorded
	Sequence            graph.Sequence
	Recorded            time.Time
	Marking             graph.Marking
	Retracted, Counts   bool
	WithdrawnBelow      bool
	Contradicts         []graph.ID
	Link                graph.ID
	Subject, Object     graph.ID
	Speaker, Attributor graph.ID
	Source, Origin      graph.ID
}

type dumpSource struct {
	Source      string // as recorded, merged
	Reliability graph.Reliability
	Marking     graph.Marking
	Withdrawn   bool
	Derived     []graph.ID
	Claims      []graph.ID
}

// dumpView reads all that a view tells; ids are those of claims to look for.
func dumpView(t tb, v *live.View, ids []graph.ID) dump {
	t.Helper()
	d := dump{Sequence: v.Sequence(), Recorded: v.Recorded()}
	r := v.Revision()
	d.Counts = [4]int{r.Entities(), r.Links(), r.Claims(), r.Sources()}
	for e := range v.Entities() {
		d.Entities = append(d.Entities, entityOf(t, e))
	}
	for l := range v.Links() {
		d.Links = append(d.Links, linkOf(t, l))
	}
	for c := range v.Claims() {
		d.Claims = append(d.Claims, claimOf(c))
	}
	for _, id := range ids {
		if c, ok := v.Claim(id); ok {
			d.Known = append(d.Known, claimOf(c))
		}
	}
	for s := range v.Sources() {
		d.Sources = append(d.Sources, sourceOf(t, s))
	}
	return d
}

func entityOf(t tb, any live.Entity) dumpEntity {
	t.Helper()
	e := any.Base()
	d := dumpEntity{
		ID: e.ID(), Kind: e.Kind(), Name: e.Name(), NameOutside: e.NameOutsideLens(), Same: e.SameIDs(), SameBy: claimIDs(e.SameBy()),
		Representation: e.Representation(), Marking: e.Marking(), Fields: typedFields(any),
		Links: linkIDs(e, live.Both), Out: linkIDs(e, live.Out), In: linkIDs(e, live.In),
	}
	for _, n := range e.Names() {
		name := dumpName{
			Value: n.Value, Lang: deref(n.Lang()), Primary: n.Primary, Form: n.Form(), Grade: gradeOf(n),
			Claims: claimIDs(n.Claims()),
		}
		if s := n.Source(); s != nil {
			name.Source = s.ID()
		}
		d.Names = append(d.Names, name)
	}
	d.Claims = claimIDs(whole(t, func(p page.Args) (*live.ClaimConnection, error) {
		return e.ClaimPage(live.ClaimQuery{Page: p})
	}))
	attributes, err := e.Attributes(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Attributes = attributesOf(attributes)
	switch x := any.(type) {
	case *live.Incident:
		d.Casualties = casualtiesOf(x.Casualties())
		d.Claimed = claimedOf(x.Claimed())
	case *live.Place:
		d.Casualties = casualtiesOf(x.Casualties())
	}
	return d
}

func attributesOf(list []*live.Attribute) (out []dumpAttribute) {
	for _, a := range list {
		out = append(out, dumpAttribute{
			a.Predicate(), valueText(a.Value().Value), a.Polarity(), a.Credibility(), a.Hedge(), a.Disputed(),
			a.Rivalled(), a.Contested(), a.Marking(), a.IndependentSources(), speakersOf(a.Speakers()), claimIDs(a.Claims()),
		})
	}
	return out
}

// typedFields are the fields that give what claims say of an entity, those that have something.
func typedFields(any live.Entity) map[string][]dumpAttribute {
	e := any.Base()
	out := map[string][]dumpAttribute{}
	tell := func(fields map[string][]*live.Attribute) {
		for name, list := range fields {
			if len(list) > 0 {
				out[name] = attributesOf(list)
			}
		}
	}
	tell(map[string][]*live.Attribute{
		"description": e.Description(), "subtype": e.Subtype(), "external": e.External(), "founded": e.Founded(),
		"dissolved": e.Dissolved(), "statuses": e.Statuses(), "ideologies": e.Ideologies(),
		"denomination": e.Denomination(), "strength": e.Strength(), "weapons": e.Weapons(), "location": e.Location(),
	})
	switch x := any.(type) {
	case *live.Individual:
		tell(map[string][]*live.Attribute{
			"birth": x.Birth(), "death": x.Death(), "nationality": x.Nationality(), "fatherName": x.FatherName(),
			"posts": x.Posts(), "sentences": x.Sentences(),
		})
	case *live.Madressah:
		tell(map[string][]*live.Attribute{"board": x.Board()})
	case *live.Incident:
		tell(map[string][]*live.Attribute{
			"date": x.Date(), "attackTypes": x.AttackTypes(), "targetTypes": x.TargetTypes(),
		})
	case *live.Designation:
		tell(map[string][]*live.Attribute{"date": x.Date(), "authority": x.Authority(), "list": x.List()})
	}
	return out
}

// told are the texts, or dates, that a field gives.
func (e dumpEntity) told(field string) (out []string) {
	for _, a := range e.Fields[field] {
		var v graph.Value
		if err := json.Unmarshal([]byte(a.Value), &v); err != nil {
			panic(err)
		}
		out = append(out, v.Text+v.Date.EDTF)
	}
	return out
}

// eachAttribute calls f for the attributes, and for those of the fields.
func (e *dumpEntity) eachAttribute(f func(*dumpAttribute)) {
	for i := range e.Attributes {
		f(&e.Attributes[i])
	}
	for _, list := range e.Fields {
		for i := range list {
			f(&list[i])
		}
	}
}

// graded is what says how well it is said.
type graded interface {
	Credibility() int
	Hedge() graph.Hedge
	Disputed() bool
	Contested() bool
	Speakers() []*live.Speaker
}

func gradeOf(g graded) dumpGrade {
	return dumpGrade{g.Credibility(), g.Hedge(), g.Disputed(), g.Contested(), speakersOf(g.Speakers())}
}

func claimedOf(c *live.ClaimOfResponsibility) dumpClaimed {
	d := dumpClaimed{By: c.By, Claims: claimIDs(c.Claims())}
	d.Grade.Disputed, d.Grade.Contested, d.Grade.Speakers = c.Disputed(), c.Contested(), speakersOf(c.Speakers())
	if c.Hedge() != nil {
		d.Grade.Hedge, d.Grade.Credibility = *c.Hedge(), *c.Credibility()
	}
	return d
}

func casualtiesOf(list []*live.Casualties) []dumpCasualties {
	var out []dumpCasualties
	for _, t := range list {
		out = append(out, dumpCasualties{edtf(t.ValidFrom), edtf(t.ValidTo), t.Role, t.Effect, t.Low, t.Best, t.High, t.Circa, gradeOf(t), claimIDs(t.Claims())})
	}
	return out
}

func linkOf(t tb, l *live.Link) dumpLink {
	t.Helper()
	d := dumpLink{
		ID: l.ID(), Kind: l.Kind(), Source: l.SourceID(), Target: l.TargetID(), Status: l.Status(),
		Credibility: l.Credibility(), Hedge: l.Hedge(), Reliability: l.Reliability(),
		From: edtf(l.ValidFrom()), To: edtf(l.ValidTo()), Interrupted: l.Interrupted(), Outside: l.OutsideLife(), Disagree: l.DatesDisagree(),
		Undated: l.Undated(), Independent: l.IndependentSources(),
		Disputed: l.Disputed(), Contested: l.Contested(), Bearing: l.Bearing(), Direction: l.Direction(), Marking: l.Marking(), Affirmed: l.AffirmedCount(),
		Denied: l.DeniedCount(), NoEvidence: l.NoEvidenceCount(),
		ContradictedBy: claimIDs(l.ContradictedBy()), Role: deref(l.Role()), Stage: deref(l.Stage()),
		Nature: deref(l.Nature()), Channel: deref(l.Channel()),
		Basis: deref(l.Basis()), Grade: deref(l.Grade()), Attributor: idOf(l.Attributor()), Modes: l.Modes(),
		Degrees: l.SourceIs(), Speakers: speakersOf(l.Speakers()),
	}
	words := l.Words()
	if apart := (live.LinkWords{
		Attributed: words.Attributed, Basis: d.Basis, Grade: d.Grade, Channel: d.Channel, Nature: d.Nature, Role: d.Role, Stage: d.Stage,
	}); words != apart || !words.Attributed && d.Attributor != "" {
		t.Fatalf("%s: the words are %+v at once, and %+v one by one", l.ID(), words, apart)
	}
	for _, a := range l.Amounts() {
		d.Amounts = append(d.Amounts, dumpAmount{
			amountText(&a.Amount), a.Hedge(), a.Credibility(), a.Disputed(), a.Contested(), claimIDs(a.Claims()),
		})
	}
	for _, i := range l.Held() {
		d.Held = append(d.Held, dumpInterval{edtf(i.From()), edtf(i.To()), i.CutByLife(), claimIDs(i.Claims())})
	}
	d.Claims = claimIDs(whole(t, func(p page.Args) (*live.ClaimConnection, error) {
		return l.ClaimPage(live.ClaimQuery{Page: p})
	}))
	if l.Source().Base().ID() != d.Source || l.Target().Base().ID() != d.Target {
		t.Errorf("link %s joins %s and %s, and says %s and %s", d.ID, l.Source().Base().ID(), l.Target().Base().ID(),
			d.Source, d.Target)
	}
	return d
}

func speakersOf(list []*live.Speaker) []dumpSpeaker {
	var out []dumpSpeaker
	for _, s := range list {
		out = append(out, dumpSpeaker{idOf(s.Entity()), deref(s.Text()), s.Role(), s.Polarity, s.Count})
	}
	return out
}

func claimOf(c *live.Claim) dumpClaim {
	d := dumpClaim{
		Sequence: c.Sequence(), Recorded: c.RecordedAt(), Marking: c.Marking(), Retracted: c.Retracted(),
		Counts: c.Counts(), WithdrawnBelow: c.WithdrawnBelow(), Contradicts: claimIDs(c.Contradicts()),
		Subject: idOf(c.Subject()), Object: idOf(c.Object()), Speaker: idOf(c.Speaker()),
		Attributor: idOf(c.Attributor()), Source: c.Source().ID(),
	}
	if o := c.Origin(); o != nil {
		d.Origin = o.ID()
	}
	if l := c.Link(); l != nil {
		d.Link = l.ID()
	}
	rec := graph.Claim{
		Amount: c.Amount(), Attributor: d.Attributor, Basis: deref(c.Basis()), Channel: deref(c.Channel()), Credibility: c.Credibility(),
		Degree: deref(c.Degree()), Excerpt: deref(c.Excerpt()),
		Grade: deref(c.Grade()), Hedge: c.Hedge(), ID: c.ID(), Label: deref(c.Label()), Locator: deref(c.Locator()),
		Modes: c.Modes(), Nature: deref(c.Nature()),
		Object: deref(c.ObjectID()), Origin: d.Origin, Polarity: c.Polarity(), Predicate: c.Predicate(),
		Role: deref(c.Role()), Rule: deref(c.Rule()), Source: d.Source,
		Speaker: d.Speaker, SpeakerText: deref(c.SpeakerText()), Stage: deref(c.Stage()), Subject: c.SubjectID(),
		Text: deref(c.Text()), ValidFrom: derefDate(c.ValidFrom()),
		ValidTo: derefDate(c.ValidTo()),
	}
	if v := c.Value(); v != nil {
		rec.Value = v.Value
	}
	d.Claim = string(graph.Encode(&rec))
	return d
}

func sourceOf(t tb, s *live.Source) dumpSource {
	t.Helper()
	rec := graph.Source{
		ID: s.ID(), Kind: s.Kind(), Title: s.Title(), Publisher: deref(s.Publisher()), Authors: s.Authors(),
		Published: derefDate(s.Published()), URL: deref(s.URL()),
		Language: deref(s.Language()), Licence: deref(s.Licence()), Note: deref(s.Note()),
	}
	d := dumpSource{
		Source: string(graph.Encode(&rec)), Reliability: s.Reliability(), Marking: s.Marking(),
		Withdrawn: s.Withdrawn(),
	}
	for _, from := range s.DerivedFrom() {
		d.Derived = append(d.Derived, from.ID())
	}
	d.Claims = claimIDs(whole(t, func(p page.Args) (*live.ClaimConnection, error) {
		return s.ClaimPage(live.ClaimQuery{Page: p})
	}))
	return d
}

// whole is a list read in one page.
func whole[T any](t tb, list func(page.Args) (*page.Connection[T], error)) []T {
	t.Helper()
	c, err := list(page.Args{First: ptr(page.MaxSize)})
	if err != nil {
		t.Fatal(err)
	}
	if c.PageInfo.HasNextPage {
		t.Fatal("the list has more than a page")
	}
	if n := c.TotalCount(); n != len(c.Edges) {
		t.Errorf("the list has %d items and says that it has %d", len(c.Edges), n)
	}
	return c.Nodes()
}

func linkIDs(e *live.EntityBase, dir live.Direction) []graph.ID {
	var out []graph.ID
	e.EachLink(nil, dir, func(l *live.Link) bool {
		out = append(out, l.ID())
		return true
	})
	return out
}

func claimIDs(list []*live.Claim) []graph.ID {
	var out []graph.ID
	for _, c := range list {
		out = append(out, c.ID())
	}
	return out
}

func idOf(e live.Entity) graph.ID {
	if e == nil {
		return ""
	}
	return e.Base().ID()
}

func deref[T ~string](s *T) T {
	if s == nil {
		return ""
	}
	return *s
}

func derefDate(d *graph.PartialDate) graph.PartialDate {
	if d == nil {
		return graph.PartialDate{}
	}
	return *d
}

func edtf(d *graph.PartialDate) string { return derefDate(d).EDTF }

func valueText(v *graph.Value) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// claimsOf lists the ids of all claims of changes, each once, in order of id.
func claimsOf(changes []graph.Change) []graph.ID {
	var out []graph.ID
	for _, ch := range changes {
		for _, c := range ch.Claims {
			out = append(out, c.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func text(v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		panic(err)
	}
	return string(b)
}

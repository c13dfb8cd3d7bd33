package graph

import (
	"errors"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/tests/raced"
)

const someClaim ID = "c_aaaaaaaaaaaaaaaaaaaaaaaaaa"

// sound is a batch with nothing wrong: two sources, an entity of each kind named
// after it, and one claim of each shape.
func sound() Batch {
	b := Batch{ID: "batch", Actor: "tester", Reason: "to test"}
	for _, id := range []ID{"s_a", "s_b"} {
		b.Sources = append(b.Sources, Source{ID: id, Kind: "REPORT", Title: "Report", Reliability: "B", DerivedFrom: []ID{}})
	}
	for _, k := range EntityKinds {
		b.Entities = append(b.Entities, Entity{ID: ID(strings.ToLower(string(k))), Kind: k, Names: []Name{{Value: "The " + string(k), Lang: "en", Source: "s_a"}}})
	}
	say := func(subject ID, p Predicate, object ID, v *Value) {
		b.Claims = append(b.Claims, Claim{Subject: subject, Predicate: p, Object: object, Value: v, Source: "s_a", Hedge: Stated})
	}
	say("individual", "LEADS", "group", nil)
	say("group", "STATUS", "", &Value{Text: "active"})
	say("incident", DateOf, "", &Value{Date: mustDate("2023-09-29")})
	say("group", "STRENGTH", "", &Value{Low: ptr(100.0), Best: ptr(150.0), High: ptr(200.0), Unit: "fighters", Text: "about", Circa: true})
	say("incident", Casualties, "", &Value{Low: ptr(5.0), Role: "CIVILIAN", Effect: "KILLED"})
	say("place", Coordinates, "", &Value{Lat: ptr(30.2), Lon: ptr(67.0), Precision: "TOWN"})
	say("group", NameOf, "", &Value{Text: "The Old Group", Lang: "en", Form: FormFormer, Primary: true})
	say("place", SubtypeOf, "", &Value{Text: "TOWN"})
	say(b.Claims[0].Normalised().ID, Retracts, "", &Value{Text: "an error"})
	say(b.Claims[1].Normalised().ID, Contradicts, b.Claims[2].Normalised().ID, nil)
	say("s_b", Withdraws, "", nil)
	return b
}

// The places of the claims of sound.
const (
	aLink = iota
	aText
	aDate
	aRange
	aToll
	aPoint
	aName
	aSubtype
	aRetraction
	aContradiction
	aWithdrawal
)

type refusal struct {
	name   string
	change func(*Batch)
	code   string
	path   string
}

func claimRefusals() []refusal {
	claim := func(i int, f func(*Claim)) func(*Batch) { return func(b *Batch) { f(&b.Claims[i]) } }
	value := func(i int, f func(*Value)) func(*Batch) { return func(b *Batch) { f(b.Claims[i].Value) } }
	long, broken := strings.Repeat("é", MaxShort/2)+"a", "a\xffb"
	list := []refusal{
		{"an unknown predicate", claim(aLink, func(c *Claim) { c.Predicate = "LIKES" }), "UNKNOWN_PREDICATE", "claims[0].predicate"},
		{"no predicate", claim(aLink, func(c *Claim) { c.Predicate = "" }), "UNKNOWN_PREDICATE", "claims[0].predicate"},
		{"no source", claim(aLink, func(c *Claim) { c.Source = "" }), "NO_SOURCE", "claims[0].source"},
		{"no hedge", claim(aLink, func(c *Claim) { c.Hedge = "" }), "MISSING", "claims[0].hedge"},
		{"an unknown hedge", claim(aLink, func(c *Claim) { c.Hedge = "SURE" }), "UNKNOWN_VALUE", "claims[0].hedge"},
		{"an unknown polarity", claim(aLink, func(c *Claim) { c.Polarity = "MAYBE" }), "UNKNOWN_VALUE", "claims[0].polarity"},
		{"an unknown basis", claim(aLink, func(c *Claim) { c.Basis = "HUNCH" }), "UNKNOWN_VALUE", "claims[0].basis"},
		{"an unknown degree", claim(aLink, func(c *Claim) { c.Degree = "TWIN" }), "UNKNOWN_VALUE", "claims[0].degree"},
		{"an unknown grade", claim(aLink, func(c *Claim) { c.Grade = "FRIEND" }), "UNKNOWN_VALUE", "claims[0].grade"},
		{"an unknown marking", claim(aLink, func(c *Claim) { c.Marking = "PINK" }), "UNKNOWN_VALUE", "claims[0].marking"},
		{"an unknown mode", claim(aLink, func(c *Claim) { c.Modes = []Mode{"TRAINING", "ZEAL"} }), "UNKNOWN_VALUE", "claims[0].modes[1]"},
		{"credibility above", claim(aLink, func(c *Claim) { c.Credibility = 7 }), "OUT_OF_RANGE", "claims[0].credibility"},
		{"credibility below", claim(aLink, func(c *Claim) { c.Credibility = -1 }), "OUT_OF_RANGE", "claims[0].credibility"},
		{"a long text", claim(aLink, func(c *Claim) { c.Text = strings.Repeat("x", MaxSentence+1) }), "TOO_LONG", "claims[0].text"},
		{"a long excerpt", claim(aLink, func(c *Claim) { c.Excerpt = strings.Repeat("x", MaxExcerpt+1) }), "TOO_LONG", "claims[0].excerpt"},
		{"a date put together by hand", claim(aLink, func(c *Claim) { c.ValidFrom = PartialDate{EDTF: "rubbish"} }), "BAD_DATE", "claims[0].validFrom"},
		{"dates in the wrong order", claim(aLink, func(c *Claim) { c.ValidFrom, c.ValidTo = mustDate("2005"), mustDate("2004-12") }), "IMPOSSIBLE_RANGE", "claims[0].validTo"},
		{"no subject", claim(aLink, func(c *Claim) { c.Subject = "" }), "MISSING", "claims[0].subject"},
		{"no object", claim(aLink, func(c *Claim) { c.Object = "" }), "MISSING", "claims[0].object"},
		{"a link to itself", claim(aLink, func(c *Claim) { c.Object = c.Subject }), "SELF_LINK", "claims[0].object"},
		{"a link with a value", claim(aLink, func(c *Claim) { c.Value = &Value{Text: "x"} }), "NOT_TAKEN", "claims[0].value"},
		{"an attribute with an object", claim(aText, func(c *Claim) { c.Object = "place" }), "NOT_TAKEN", "claims[1].object"},
		{"an attribute without a value", claim(aText, func(c *Claim) { c.Value = nil }), "MISSING", "claims[1].value"},
		{"a subject of the wrong kind", claim(aLink, func(c *Claim) { c.Subject = "group" }), "KIND_MISMATCH", "claims[0].subject"},
		{"an object of the wrong kind", claim(aLink, func(c *Claim) { c.Object = "place" }), "KIND_MISMATCH", "claims[0].object"},
		{"an attribute of the wrong kind", claim(aDate, func(c *Claim) { c.Subject = "group" }), "KIND_MISMATCH", "claims[2].subject"},
		{"two kinds that are the same", claim(aLink, func(c *Claim) { c.Predicate, c.Object = SameAs, "group" }), "KIND_MISMATCH", "claims[0].object"},
		{"a subject that leads nowhere", claim(aLink, func(c *Claim) { c.Subject = "nobody" }), "DANGLING_REFERENCE", "claims[0].subject"},
		{"an object that leads nowhere", claim(aLink, func(c *Claim) { c.Object = "nobody" }), "DANGLING_REFERENCE", "claims[0].object"},
		{"a speaker that leads nowhere", claim(aLink, func(c *Claim) { c.Speaker = "nobody" }), "DANGLING_REFERENCE", "claims[0].speaker"},
		{"an attributor that leads nowhere", claim(aLink, func(c *Claim) { c.Attributor = "nobody" }), "DANGLING_REFERENCE", "claims[0].attributor"},
		{"a speaker twice", claim(aLink, func(c *Claim) { c.Speaker, c.SpeakerText = "group", "an officer" }), "NOT_TAKEN", "claims[0].speakerText"},
		{"a speaker who shows nothing", claim(aLink, func(c *Claim) { c.SpeakerText = "\u200b " }), "MISSING", "claims[0].speakerText"},
		{"a speaker in many words", claim(aLink, func(c *Claim) { c.SpeakerText = long }), "TOO_LONG", "claims[0].speakerText"},
		{"a source that leads nowhere", claim(aLink, func(c *Claim) { c.Source = "s_none" }), "DANGLING_REFERENCE", "claims[0].source"},
		{"an origin that leads nowhere", claim(aLink, func(c *Claim) { c.Origin = "s_none" }), "DANGLING_REFERENCE", "claims[0].origin"},
		{"a source that is an entity", claim(aLink, func(c *Claim) { c.Source = "group" }), "DANGLING_REFERENCE", "claims[0].source"},
		{"a subject that is a source", claim(aLink, func(c *Claim) { c.Subject = "s_a" }), "DANGLING_REFERENCE", "claims[0].subject"},
		{"a text that is blank", value(aText, func(v *Value) { v.Text = " \t\n" }), "MISSING", "claims[1].value.text"},
		{"a text that is long", value(aText, func(v *Value) { v.Text = strings.Repeat("x", MaxText+1) }), "TOO_LONG", "claims[1].value.text"},
		{"a text with a unit", value(aText, func(v *Value) { v.Unit = "km" }), "NOT_TAKEN", "claims[1].value"},
		{"a date that is missing", value(aDate, func(v *Value) { v.Date = PartialDate{} }), "MISSING", "claims[2].value.date"},
		{"a date with a text", value(aDate, func(v *Value) { v.Text = "x" }), "NOT_TAKEN", "claims[2].value"},
		{"no figure", value(aRange, func(v *Value) { v.Low, v.Best, v.High = nil, nil, nil }), "MISSING", "claims[3].value"},
		{"low above high", value(aRange, func(v *Value) { v.Low, v.Best, v.High = ptr(3.0), nil, ptr(2.0) }), "IMPOSSIBLE_RANGE", "claims[3].value"},
		{"best below low", value(aRange, func(v *Value) { v.Best = ptr(99.0) }), "IMPOSSIBLE_RANGE", "claims[3].value"},
		{"best above high", value(aRange, func(v *Value) { v.Best = ptr(201.0) }), "IMPOSSIBLE_RANGE", "claims[3].value"},
		{"a low that is too large", value(aRange, func(v *Value) { v.Low, v.Best, v.High = ptr(2e12), nil, nil }), "OUT_OF_RANGE", "claims[3].value.low"},
		{"a best that is no number", value(aRange, func(v *Value) { v.Low, v.Best, v.High = nil, ptr(math.NaN()), nil }), "OUT_OF_RANGE", "claims[3].value.best"},
		{"a high without end", value(aRange, func(v *Value) { v.Low, v.Best, v.High = nil, nil, ptr(math.Inf(1)) }), "OUT_OF_RANGE", "claims[3].value.high"},
		{"a range with a role", value(aRange, func(v *Value) { v.Role = "CIVILIAN" }), "NOT_TAKEN", "claims[3].value"},
		{"a long unit", value(aRange, func(v *Value) { v.Unit = long }), "TOO_LONG", "claims[3].value.unit"},
		{"casualties without a role", value(aToll, func(v *Value) { v.Role = "" }), "MISSING", "claims[4].value"},
		{"casualties without an effect", value(aToll, func(v *Value) { v.Effect = "" }), "MISSING", "claims[4].value"},
		{"an unknown role", value(aToll, func(v *Value) { v.Role = "NEUTRAL" }), "UNKNOWN_VALUE", "claims[4].value.role"},
		{"an unknown effect", value(aToll, func(v *Value) { v.Effect = "SCARED" }), "UNKNOWN_VALUE", "claims[4].value.effect"},
		{"half a person", value(aToll, func(v *Value) { v.Low = ptr(1.5) }), "OUT_OF_RANGE", "claims[4].value.low"},
		{"fewer than nobody", value(aToll, func(v *Value) { v.Low, v.High = nil, ptr(-1.0) }), "OUT_OF_RANGE", "claims[4].value.high"},
		{"casualties with a unit", value(aToll, func(v *Value) { v.Unit = "people" }), "NOT_TAKEN", "claims[4].value"},
		{"half a point", value(aPoint, func(v *Value) { v.Lon = nil }), "MISSING", "claims[5].value"},
		{"too far north", value(aPoint, func(v *Value) { v.Lat = ptr(90.1) }), "OUT_OF_RANGE", "claims[5].value"},
		{"too far west", value(aPoint, func(v *Value) { v.Lon = ptr(-180.1) }), "OUT_OF_RANGE", "claims[5].value"},
		{"a point that is nowhere", value(aPoint, func(v *Value) { v.Lat = ptr(math.NaN()) }), "OUT_OF_RANGE", "claims[5].value"},
		{"an unknown precision", value(aPoint, func(v *Value) { v.Precision = "HERE" }), "UNKNOWN_VALUE", "claims[5].value.precision"},
		{"a point with a figure", value(aPoint, func(v *Value) { v.Best = ptr(1.0) }), "NOT_TAKEN", "claims[5].value"},
		{"a name that shows nothing", value(aName, func(v *Value) { v.Text = "\u200b " }), "MISSING", "claims[6].value.text"},
		{"no name", value(aName, func(v *Value) { v.Text = "" }), "MISSING", "claims[6].value.text"},
		{"a long name", value(aName, func(v *Value) { v.Text = strings.Repeat("x", MaxName+1) }), "TOO_LONG", "claims[6].value.text"},
		{"a broken name", value(aName, func(v *Value) { v.Text = broken }), "INVALID_UTF8", "claims[6].value.text"},
		{"a name in a long language", value(aName, func(v *Value) { v.Lang = long }), "TOO_LONG", "claims[6].value.lang"},
		{"a name of an unknown form", value(aName, func(v *Value) { v.Form = "NICK" }), "UNKNOWN_VALUE", "claims[6].value.form"},
		{"a name with a unit", value(aName, func(v *Value) { v.Unit = "x" }), "NOT_TAKEN", "claims[6].value"},
		{"a status in a language", value(aText, func(v *Value) { v.Lang = "en" }), "NOT_TAKEN", "claims[1].value"},
		{"a status that is primary", value(aText, func(v *Value) { v.Primary = true }), "NOT_TAKEN", "claims[1].value"},
		{"no subtype", value(aSubtype, func(v *Value) { v.Text = "" }), "MISSING", "claims[7].value.text"},
		{"a subtype of another kind", value(aSubtype, func(v *Value) { v.Text = "FACTION" }), "UNKNOWN_VALUE", "claims[7].value.text"},
		{"a subtype of what has none", claim(aSubtype, func(c *Claim) { c.Subject = "individual" }), "KIND_MISMATCH", "claims[7].subject"},
		{"a subtype with a form", value(aSubtype, func(v *Value) { v.Form = FormFull }), "NOT_TAKEN", "claims[7].value"},
		{"a long external id", claim(aText, func(c *Claim) { c.Predicate, c.Value.Text = ExternalID, long }), "TOO_LONG", "claims[1].value.text"},
		{"a retraction of an entity", claim(aRetraction, func(c *Claim) { c.Subject = "group" }), "BAD_ID", "claims[8].subject"},
		{"a retraction of nothing", claim(aRetraction, func(c *Claim) { c.Subject = "" }), "BAD_ID", "claims[8].subject"},
		{"a retraction that leads nowhere", claim(aRetraction, func(c *Claim) { c.Subject = someClaim }), "DANGLING_REFERENCE", "claims[8].subject"},
		{"a retraction with an object", claim(aRetraction, func(c *Claim) { c.Object = c.Subject }), "NOT_TAKEN", "claims[8].object"},
		{"a retraction with a figure", value(aRetraction, func(v *Value) { v.Best = ptr(1.0) }), "NOT_TAKEN", "claims[8].value"},
		{"a retraction with a long text", value(aRetraction, func(v *Value) { v.Text = strings.Repeat("x", MaxText+1) }), "TOO_LONG", "claims[8].value.text"},
		{"a retraction with broken text", value(aRetraction, func(v *Value) { v.Text = broken }), "INVALID_UTF8", "claims[8].value.text"},
		{"a retraction that is denied", claim(aRetraction, func(c *Claim) { c.Polarity = Denied }), "NOT_TAKEN", "claims[8].polarity"},
		{"a contradiction of one", claim(aContradiction, func(c *Claim) { c.Object = "" }), "MISSING", "claims[9].object"},
		{"a contradiction of an entity", claim(aContradiction, func(c *Claim) { c.Object = "group" }), "BAD_ID", "claims[9].object"},
		{"a contradiction within one", claim(aContradiction, func(c *Claim) { c.Object = c.Subject }), "SELF_LINK", "claims[9].object"},
		{"a contradiction with a value", claim(aContradiction, func(c *Claim) { c.Value = &Value{Text: "x"} }), "NOT_TAKEN", "claims[9].value"},
		{"a contradiction that leads nowhere", claim(aContradiction, func(c *Claim) { c.Object = someClaim }), "DANGLING_REFERENCE", "claims[9].object"},
		{"a withdrawal of an entity", claim(aWithdrawal, func(c *Claim) { c.Subject = "group" }), "BAD_ID", "claims[10].subject"},
		{"a withdrawal that leads nowhere", claim(aWithdrawal, func(c *Claim) { c.Subject = "s_none" }), "DANGLING_REFERENCE", "claims[10].subject"},
		{"a withdrawal with a date", claim(aWithdrawal, func(c *Claim) { c.Value = &Value{Date: mustDate("2004")} }), "NOT_TAKEN", "claims[10].value"},
		{"a withdrawal without evidence", claim(aWithdrawal, func(c *Claim) { c.Polarity = NoEvidence }), "NOT_TAKEN", "claims[10].polarity"},
	}
	for field, at := range map[string]func(*Claim) *string{
		"label": func(c *Claim) *string { return &c.Label }, "locator": func(c *Claim) *string { return &c.Locator }, "role": func(c *Claim) *string { return &c.Role },
		"stage": func(c *Claim) *string { return &c.Stage }, "nature": func(c *Claim) *string { return &c.Nature }, "channel": func(c *Claim) *string { return &c.Channel },
		"rule": func(c *Claim) *string { return &c.Rule }, "excerpt": func(c *Claim) *string { return &c.Excerpt },
		"text": func(c *Claim) *string { return &c.Text },
	} {
		path := "claims[0]." + field
		if field != "excerpt" && field != "text" {
			list = append(list, refusal{"a long " + field, claim(aLink, func(c *Claim) { *at(c) = long }), "TOO_LONG", path})
		}
		list = append(list,
			refusal{"a broken " + field, claim(aLink, func(c *Claim) { *at(c) = broken }), "INVALID_UTF8", path},
			refusal{"a " + field + " that rings", claim(aLink, func(c *Claim) { *at(c) = "a\ab" }), "CONTROL_CHARACTER", path})
	}
	return list
}

func recordRefusals() []refusal {
	source := func(f func(*Source)) func(*Batch) { return func(b *Batch) { f(&b.Sources[1]) } }
	entity := func(f func(*Entity)) func(*Batch) { return func(b *Batch) { f(&b.Entities[1]) } }
	long, broken := strings.Repeat("x", MaxShort+1), "a\xffb"
	return []refusal{
		{"an id of another shape", source(func(s *Source) { s.ID = "b" }), "BAD_ID", "sources[1].id"},
		{"no kind", source(func(s *Source) { s.Kind = "" }), "MISSING", "sources[1].kind"},
		{"an unknown kind of source", source(func(s *Source) { s.Kind = "RUMOUR" }), "UNKNOWN_VALUE", "sources[1].kind"},
		{"an unknown reliability", source(func(s *Source) { s.Reliability = "G" }), "UNKNOWN_VALUE", "sources[1].reliability"},
		{"an unknown marking", source(func(s *Source) { s.Marking = "WHITE" }), "UNKNOWN_VALUE", "sources[1].marking"},
		{"no title", source(func(s *Source) { s.Title = "  " }), "MISSING", "sources[1].title"},
		{"a long title", source(func(s *Source) { s.Title = strings.Repeat("x", MaxText+1) }), "TOO_LONG", "sources[1].title"},
		{"a long language", source(func(s *Source) { s.Language = long }), "TOO_LONG", "sources[1].language"},
		{"a long publisher", source(func(s *Source) { s.Publisher = long }), "TOO_LONG", "sources[1].publisher"},
		{"a long licence", source(func(s *Source) { s.Licence = long }), "TOO_LONG", "sources[1].licence"},
		{"a broken address", source(func(s *Source) { s.URL = broken }), "INVALID_UTF8", "sources[1].url"},
		{"a note with a bell", source(func(s *Source) { s.Note = "\a" }), "CONTROL_CHARACTER", "sources[1].note"},
		{"an author of 2 MB", source(func(s *Source) { s.Authors = []string{"A", strings.Repeat("x", 2<<20)} }), "TOO_LONG", "sources[1].authors[1]"},
		{"a source that derives from the one that is built in", source(func(s *Source) { s.DerivedFrom = []ID{AsRecorded} }), "RESERVED_ID", "sources[1].derivedFrom[0]"},
		{"a source that derives from itself", source(func(s *Source) { s.DerivedFrom = []ID{"s_b"} }), "DERIVED_FROM_ITSELF", "sources[1].derivedFrom"},
		{"a source that derives from nothing", source(func(s *Source) { s.DerivedFrom = []ID{"s_a", "s_none"} }), "DANGLING_REFERENCE", "sources[1].derivedFrom[1]"},

		{"an id of a source", entity(func(e *Entity) { e.ID = "s_x" }), "BAD_ID", "entities[1].id"},
		{"an id with capitals", entity(func(e *Entity) { e.ID = "TTP" }), "BAD_ID", "entities[1].id"},
		{"an id of 2 MB", entity(func(e *Entity) { e.ID = ID(strings.Repeat("x", 2<<20)) }), "BAD_ID", "entities[1].id"},
		{"an unknown kind of entity", entity(func(e *Entity) { e.Kind = "VEHICLE" }), "UNKNOWN_KIND", "entities[1].kind"},
		{"a subtype of another kind", entity(func(e *Entity) { e.Kind, e.Subtype = Group, "TOWN" }), "UNKNOWN_VALUE", "entities[1].subtype"},
		{"a subtype where there is none", entity(func(e *Entity) { e.Subtype = "TOWN" }), "UNKNOWN_VALUE", "entities[1].subtype"},
		{"an unknown representation", entity(func(e *Entity) { e.Representation = "LEGEND" }), "UNKNOWN_VALUE", "entities[1].representation"},
		{"an unknown marking of an entity", entity(func(e *Entity) { e.Marking = "red" }), "UNKNOWN_VALUE", "entities[1].marking"},
		{"a long description", entity(func(e *Entity) { e.Description = strings.Repeat("x", MaxText+1) }), "TOO_LONG", "entities[1].description"},
		{"no names", entity(func(e *Entity) { e.Names = nil }), "MISSING", "entities[1].names"},
		{"too many names", entity(func(e *Entity) { e.Names = slices.Repeat(e.Names, MaxNames+1) }), "TOO_MANY", "entities[1].names"},
		{"a name that is blank", entity(func(e *Entity) { e.Names[0].Value = " " }), "MISSING", "entities[1].names[0].value"},
		{"a name of 2 MB", entity(func(e *Entity) { e.Names[0].Value = strings.Repeat("x", 2<<20) }), "TOO_LONG", "entities[1].names[0].value"},
		{"a name that is broken", entity(func(e *Entity) { e.Names[0].Value = broken }), "INVALID_UTF8", "entities[1].names[0].value"},
		{"a name with an end", entity(func(e *Entity) { e.Names[0].Value = "a\x00" }), "CONTROL_CHARACTER", "entities[1].names[0].value"},
		{"a language that is long", entity(func(e *Entity) { e.Names[0].Lang = long }), "TOO_LONG", "entities[1].names[0].lang"},
		{"a name from nowhere", entity(func(e *Entity) { e.Names[0].Source = "s_none" }), "DANGLING_REFERENCE", "entities[1].names[0].source"},
		{"an external id that is empty", entity(func(e *Entity) { e.External = []string{"x:1", ""} }), "MISSING", "entities[1].external[1]"},
		{"one id for two kinds", func(b *Batch) { b.Entities[1].ID = b.Entities[0].ID }, "KIND_CONFLICT", "entities[1].kind"},

		{"a long id of the batch", func(b *Batch) { b.ID = strings.Repeat("x", MaxID+1) }, "TOO_LONG", "id"},
		{"a broken id of the batch", func(b *Batch) { b.ID = broken }, "INVALID_UTF8", "id"},
		{"an actor of 2 MB", func(b *Batch) { b.Actor = strings.Repeat("x", 2<<20) }, "TOO_LONG", "actor"},
		{"a reason of 2 MB", func(b *Batch) { b.Reason = strings.Repeat("x", 2<<20) }, "TOO_LONG", "reason"},
		{"a reason that is broken", func(b *Batch) { b.Reason = broken }, "INVALID_UTF8", "reason"},
	}
}

// problems is what is wrong with a batch, in two ways: with its references out
// of the batch taken on trust, and against an empty store.
func problems(t *testing.T, b Batch) (trusting, planned []Problem) {
	t.Helper()
	read := func(err error) []Problem {
		var invalid *InvalidError
		if err != nil && !errors.As(err, &invalid) {
			t.Fatalf("the error is %T: %v", err, err)
		}
		if invalid == nil {
			return nil
		}
		return invalid.Problems
	}
	trusting = read(b.Check())
	_, err := Plan(normalisedInPlace(b), Log{Known: Known{}})
	return trusting, read(err)
}

// normalisedInPlace keeps the places of records, which Normalised does not where
// two are alike.
func normalisedInPlace(b Batch) Batch {
	b.Claims = slices.Clone(b.Claims)
	for i := range b.Claims {
		b.Claims[i] = b.Claims[i].Normalised()
	}
	return b
}

func TestSoundBatchIsTaken(t *testing.T) {
	trusting, planned := problems(t, sound())
	if len(trusting)+len(planned) > 0 {
		t.Errorf("there is something wrong: %v %v", trusting, planned)
	}
}

func TestRefusals(t *testing.T) {
	raced.Alone(t)
	for _, c := range append(claimRefusals(), recordRefusals()...) {
		t.Run(c.name, func(t *testing.T) {
			b := sound()
			c.change(&b)
			trusting, planned := problems(t, b)
			at := slices.IndexFunc(planned, func(p Problem) bool { return p.Code == c.code && p.Path == c.path })
			if at < 0 {
				t.Fatalf("want %s at %s; there is %v", c.code, c.path, planned)
			}
			p := planned[at]
			if p.Message == "" || p.Remedy == "" || len(p.Message) > 400 {
				t.Errorf("the problem says %q and %q", p.Message, p.Remedy)
			}
			if want := place(b, c.path); p.Record != want {
				t.Errorf("it is at record %d, want %d", p.Record, want)
			}
			onTrust := slices.ContainsFunc(trusting, func(p Problem) bool { return p.Code == c.code && p.Path == c.path })
			if !onTrust && c.code != "DANGLING_REFERENCE" {
				t.Errorf("without a store it is not found: %v", trusting)
			}
			again, _ := problems(t, b)
			same(t, "the problems, asked again", trusting, again)
			conflict := errors.Is((&InvalidError{Conflict: c.code == "KIND_CONFLICT"}), ErrConflict)
			if _, err := Plan(normalisedInPlace(b), Log{Known: Known{}}); errors.Is(err, ErrConflict) != conflict || errors.Is(err, ErrInvalid) == conflict {
				t.Errorf("the error is of the wrong kind: %v", err)
			}
		})
	}
}

// place is the number of a record that a path names.
func place(b Batch, path string) int {
	var i int
	for list, before := range map[string]int{"sources": 0, "entities": len(b.Sources), "claims": len(b.Sources) + len(b.Entities)} {
		if n, _ := fmt.Sscanf(path, list+"[%d]", &i); n == 1 {
			return before + i
		}
	}
	return -1
}

// TestEveryCodeIsReached reads the codes out of the source, so that a check that
// is added without a test fails here.
func TestEveryCodeIsReached(t *testing.T) {
	reached := map[string]bool{"MORE_PROBLEMS": true, "SAID_BY_LINE": true} // by TestProblemsAreBounded, TestMarksOfALine
	for _, c := range append(claimRefusals(), recordRefusals()...) {
		reached[c.code] = true
	}
	code := regexp.MustCompile(`(?:\.add\(|Code: )"([A-Z0-9_]+)"`)
	for _, file := range []string{"check.go", "plan.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := code.FindAllStringSubmatch(string(text), -1)
		if len(found) == 0 {
			t.Errorf("%s has no codes", file)
		}
		for _, m := range found {
			if !reached[m[1]] {
				t.Errorf("%s: nothing tests %s", file, m[1])
			}
		}
	}
}

func TestTooManyRecords(t *testing.T) {
	b := sound()
	b.Claims = make([]Claim, MaxBatch)
	_, err := Plan(b, Log{Known: Known{}})
	var invalid *InvalidError
	if !errors.As(err, &invalid) || len(invalid.Problems) != 1 || invalid.Problems[0].Code != "TOO_MANY" || invalid.Problems[0].Path != "batch" {
		t.Errorf("the error is %v", err)
	}
}

// TestProblemsAreInOrder looks at records of which everything is wrong.
func TestProblemsAreInOrder(t *testing.T) {
	b := sound()
	b.Sources[1] = full[Source]()
	b.Entities[1] = full[Entity]()
	bad := full[Value]()
	bad.Low, bad.Best, bad.High = ptr(-1.5), ptr(math.NaN()), ptr(math.Inf(-1))
	for i := range b.Claims {
		p := b.Claims[i].Predicate
		b.Claims[i] = full[Claim]()
		b.Claims[i].Predicate, b.Claims[i].Value = p, &bad
		b.Claims[i].Role, b.Claims[i].Stage, b.Claims[i].Label, b.Claims[i].Rule = "\a", "\a", "\a", "\a"
	}
	first, _ := problems(t, b)
	if len(first) < 50 {
		t.Errorf("there are only %d problems", len(first))
	}
	for range 20 {
		again, _ := problems(t, b)
		same(t, "the problems", first, again)
	}
}

func TestProblemsAreBounded(t *testing.T) {
	raced.Alone(t)
	b := sound()
	for range 60_000 {
		b.Claims = append(b.Claims, Claim{Subject: "nobody", Predicate: "LIKES"})
	}
	_, planned := problems(t, b)
	if len(planned) < maxProblems || len(planned) > maxProblems+20 {
		t.Errorf("%d problems are reported", len(planned))
	}
	last := planned[len(planned)-1]
	if last.Code != "MORE_PROBLEMS" || !strings.HasSuffix(last.Message, " more of its records were not checked") {
		t.Errorf("the last problem is %s", last)
	}
	err := &InvalidError{Problems: planned}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 6 || !strings.HasPrefix(lines[5], "and ") {
		t.Errorf("the message is %q", err.Error())
	}
}

func TestProblem(t *testing.T) {
	p := Problem{Code: "X", Path: "claims[3].value.low", Message: "it is bad", Remedy: "mend it"}
	if p.Field() != "value.low" || p.String() != "claims[3].value.low: it is bad; mend it" {
		t.Errorf("the field is %q, the text %q", p.Field(), p)
	}
	if f := (Problem{Path: "lens.asOf"}).Field(); f != "lens.asOf" {
		t.Errorf("the field is %q", f)
	}
	err := NotFound("of[0]", ID("\xff"+strings.Repeat("é", 1000)))
	if !errors.Is(err, ErrNotFound) || errors.Is(err, ErrInvalid) || len(err.Error()) > 300 || !strings.HasPrefix(err.Error(), "of[0]: ") {
		t.Errorf("the error is %q", err)
	}
}

// TestClaimsOfEveryPredicate makes a sound claim of each predicate.
func TestClaimsOfEveryPredicate(t *testing.T) {
	for _, spec := range Predicates() {
		b := sound()
		c := Claim{Subject: "x", Predicate: spec.Name, Source: "s_a", Hedge: Stated}
		switch spec.Shape {
		case ShapeLink:
			b.Entities = append(b.Entities, Entity{ID: "from", Kind: spec.From[0], Names: []Name{{Value: "From"}}}, Entity{ID: "to", Kind: spec.To[0], Names: []Name{{Value: "To"}}})
			c.Subject, c.Object = "from", "to"
			if spec.OfClass {
				b.Entities[len(b.Entities)-2].Representation = Class
			}
			if spec.Roles != nil {
				c.Role = spec.Roles[0].Name
			}
		case ShapeClaim, ShapeClaimPair, ShapeSource, ShapeMark, ShapeRetirement:
			continue // sound has them, or they have tests of their own
		case ShapeSubtype:
			c.Subject = ID(strings.ToLower(string(spec.From[0])))
			c.Value = &Value{Text: Subtypes(spec.From[0])[0]}
		default:
			c.Subject = ID(strings.ToLower(string(spec.From[0])))
			c.Value = b.Claims[aText+int(spec.Shape-ShapeText)].Value
		}
		b.Claims = append(b.Claims, c)
		if _, planned := problems(t, b); len(planned) > 0 {
			t.Errorf("%s is refused: %v", spec.Name, planned)
		}
		if spec.Doc == "" || spec.Name.Spec().Name != spec.Name {
			t.Errorf("the vocabulary of %s is not whole", spec.Name)
		}
		if other := spec.Excludes; other != "" && other.Spec().Excludes != spec.Name {
			t.Errorf("%s excludes %s, but not the other way", spec.Name, other)
		}
	}
}

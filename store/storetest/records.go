package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

var recordCases = []testCase{
	{"every field comes back", everyField},
	{"text comes back byte for byte", textBytes},
	{"ids that look alike stay apart", alikeIDs},
	{"figures come back exactly", exactFigures},
	{"dates come back as they were written", writtenDates},
	{"every predicate is kept", everyPredicate},
	{"actor and reason come back", actorReason},
	{"the longest texts are kept", longestTexts},
}

func everyField(t *testing.T, o Opener) {
	for what, missing := range map[string][]string{
		"source": unused(fullSources()),
		"entity": unused(fullEntities()),
		// The store gives the first, and names come with their entity.
		"claim": unused(fullClaims(), ".ID", ".Sequence", ".RecordedAt", ".Value.Lang", ".Value.Form", ".Value.Primary",
			".Value.Marking", ".Value.Stamp"), // what marks has cases of its own
	} {
		for _, path := range missing {
			t.Errorf("no %s of this case sets %s: set it in full.go", what, path)
		}
	}
	s := o.Open(t)
	holds(t, s, expected(full(), apply(t, s, full())))
}

// texts are hard for a store that folds, trims, normalises or escapes.
var texts = []string{
	"تحریک طالبان پاکستان", "لشکرِ جھنگوی", // Urdu, with a combining zer
	"e\u0301 and \u00e9", "A\u030a \u212b \u00c5", // composed and not
	"👩\u200d👩\u200d👧\u200d👦 🏴\u200d☠️", "𐎠 𝕏 \U0010fffd", // beyond the first plane
	"\u200fright\u200eleft\u202e turned\u202c", "soft\u00adhyphen zero\u200bwidth \ufeffmark",
	`"quotes" 'single' back\slash \u0041 %s $1 {x} <b>&amp;</b>`, "a\tb\nc", "  spaces around  ", "İstanbul ıI ß ẞ ſ",
	"\u2028line\u2029paragraph", "'; DROP TABLE commits; --", "null", "\ufffd replaced \ufffd", "1e5", "0x10", "NaN", "true",
}

func textBytes(t *testing.T, o Opener) {
	s := o.Open(t)
	b := graph.Batch{ID: "texts", Sources: []graph.Source{source("a")}}
	e := entity(graph.Group, "g")
	for _, text := range texts {
		e.Names = append(e.Names, graph.Name{Value: text, Lang: text})
		b.Claims = append(b.Claims, status("g", text))
		k := member("i", "g")
		k.Role, k.Excerpt, k.Text = text, text, text
		b.Claims = append(b.Claims, k)
	}
	b.Sources[0].Authors = texts
	b.Entities = []graph.Entity{e, entity(graph.Individual, "i")}
	c := apply(t, s, b)
	holds(t, s, expected(b, c))
	got := changes(t, s, 0)[0]
	for i, text := range texts {
		if name := got.Entities[0].Names[i+1].Value; name != text {
			t.Errorf("%q came back as %q", text, name)
		}
		if author := got.Sources[0].Authors[i]; author != text {
			t.Errorf("%q came back as %q", text, author)
		}
	}
}

func alikeIDs(t *testing.T, o Opener) {
	s := o.Open(t)
	b := graph.Batch{ID: "alike", Sources: []graph.Source{source("a")}}
	for _, id := range []string{"1", "01", "1e0", "10", "0x1", "null", "true", "nan", "a", "a-a", "aa", strings.Repeat("a", graph.MaxID), strings.Repeat("a", graph.MaxID-1)} {
		b.Entities = append(b.Entities, entity(graph.Group, id))
		b.Claims = append(b.Claims, status(id, "active"))
	}
	c := apply(t, s, b)
	holds(t, s, expected(b, c))
	b.ID = "alike again"
	replayed(t, s, b, c)
}

func exactFigures(t *testing.T, o Opener) {
	s := opened(t, o)
	b := graph.Batch{ID: "figures"}
	for _, f := range []float64{0, 1, -1, 0.1, 1.0 / 3, 1e12, 1e12 - 1, 999_999_999_999.9999, 1e-9, 5e-324, -1e12, 123_456_789.123456789, 2_147_483_648, 4_294_967_296} {
		k := graph.Claim{Subject: "g0", Predicate: "STATISTIC", Source: "s_a", Hedge: graph.Stated, Value: &graph.Value{Low: number(f), Best: number(f), High: number(f)}}
		b.Claims = append(b.Claims, k)
	}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
}

func writtenDates(t *testing.T, o Opener) {
	s := opened(t, o)
	b := graph.Batch{ID: "dates"}
	for _, d := range []string{"2004", "2004-03", "2004-03-02", "2004-03~", "2023-09-29?", "2023-09-29%", "201X", "2004-XX", "2004-21", "2016/2018", "2016/..", "/2004", "0001-01-01", "9999-12-31", "1947-08~/1948?"} {
		k := status("g0", "on "+d)
		k.ValidFrom = date(d)
		b.Claims = append(b.Claims, k)
	}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
}

// sample is a value that a predicate of the shape takes, nil for links.
func sample(shape graph.Shape) *graph.Value {
	switch shape {
	case graph.ShapeDate:
		return &graph.Value{Date: date("2014")}
	case graph.ShapeRange:
		return &graph.Value{Best: number(5)}
	case graph.ShapeCasualties:
		return &graph.Value{Low: number(5), Role: "CIVILIAN", Effect: "KILLED"}
	case graph.ShapePoint:
		return &graph.Value{Lat: number(30), Lon: number(67), Precision: "TOWN"}
	case graph.ShapeLink, graph.ShapeClaimPair:
		return nil
	}
	return &graph.Value{Text: "words"}
}

// sampleOf is sample for a subject of a kind.
func sampleOf(p graph.PredicateSpec, kind graph.EntityKind) *graph.Value {
	if p.Shape == graph.ShapeSubtype {
		return &graph.Value{Text: graph.Subtypes(kind)[0]}
	}
	return sample(p.Shape)
}

func everyPredicate(t *testing.T, o Opener) {
	s := o.Open(t)
	b := graph.Batch{ID: "vocabulary", Sources: []graph.Source{source("a"), source("b")}}
	for _, kind := range graph.EntityKinds {
		b.Entities = append(b.Entities, entity(kind, "one-"+strings.ToLower(string(kind))), entity(kind, "two-"+strings.ToLower(string(kind))))
	}
	first, second := status("one-group", "one"), status("one-group", "two")
	b.Claims = []graph.Claim{first, second}
	for _, p := range graph.Predicates() {
		if p.Shape == graph.ShapeMark {
			continue // what marks has cases of its own
		}
		k := graph.Claim{Predicate: p.Name, Source: "s_a", Hedge: graph.Stated, Value: sample(p.Shape)}
		switch p.Shape {
		case graph.ShapeClaim, graph.ShapeClaimPair:
			k.Subject = first.Normalised().ID
			if p.Shape == graph.ShapeClaimPair {
				k.Object = second.Normalised().ID
			}
		case graph.ShapeSource:
			k.Subject = "s_b"
		case graph.ShapeRetirement:
			k.Subject, k.Object = "two-incident", "one-incident"
		default:
			k.Subject = graph.ID("one-" + strings.ToLower(string(p.From[0])))
			k.Value = sampleOf(p, p.From[0])
			if p.IsLink() {
				k.Object = graph.ID("two-" + strings.ToLower(string(p.To[0])))
				if p.OfClass {
					b.Entities = append(b.Entities, graph.Entity{
						ID: k.Subject, Kind: p.From[0], Representation: graph.Class, Names: []graph.Name{{Value: "A class"}},
					})
				}
				if p.Roles != nil {
					k.Role = p.Roles[0].Name
				}
				if p.SameKind {
					k.Object = graph.ID("two-" + strings.ToLower(string(p.From[0])))
				}
			}
		}
		b.Claims = append(b.Claims, k)
	}
	c := apply(t, s, b)
	if c.Claims != len(graph.Predicates())-1+2 {
		t.Errorf("%d claims were written for %d predicates", c.Claims, len(graph.Predicates()))
	}
	holds(t, s, expected(b, c))
}

func actorReason(t *testing.T, o Opener) {
	s := opened(t, o)
	for i, text := range append([]string{""}, texts...) {
		b := numbered("n", i)
		b.Actor, b.Reason = text, text
		b.ID += text
		c := apply(t, s, b)
		got := changes(t, s, c.Sequence-1)
		same(t, fmt.Sprintf("with %q, the change", text), []graph.Change{expected(b, c)}, got)
	}
}

func longestTexts(t *testing.T, o Opener) {
	s := opened(t, o)
	long := func(n int) string { return strings.Repeat("ض", n/2) }
	k := status("g0", long(graph.MaxText))
	k.Excerpt, k.Label, k.Locator = long(graph.MaxExcerpt), long(graph.MaxShort), long(graph.MaxShort)
	k.Text = long(graph.MaxSentence)
	e := entity(graph.Group, "g9")
	e.Description = long(graph.MaxText)
	for i := range graph.MaxNames - 1 {
		e.Names = append(e.Names, graph.Name{Value: long(graph.MaxName-2) + string(rune('A'+i%26)), Lang: string(rune('a' + i/26))})
	}
	b := graph.Batch{ID: strings.Repeat("i", graph.MaxID), Entities: []graph.Entity{e}, Claims: []graph.Claim{k}}
	c := apply(t, s, b)
	same(t, "the change", []graph.Change{expected(b, c)}, changes(t, s, 1))
}

package live_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// refounded is a group that was founded in 1990, ended in 1994 and, where a claim that is changed so
// counts, was founded again in 2000. It had ties from 1995 on: which of them lie within its life
// depends on that claim. What is known of it beside that counts under every lens.
func refounded(id string, changes ...func(*graph.Claim)) []graph.Claim {
	out := []graph.Claim{attribute(id, "FOUNDED_ON", graph.Value{Date: date("2000")}, changes...)}
	for _, c := range []graph.Claim{
		link(id, graph.AlliedWith, "base", during("1995", "2005")), link(id, graph.RivalOf, "base", during("1998", "")),
		attribute(id, "FOUNDED_ON", graph.Value{Date: date("1990")}), attribute(id, "DISSOLVED_ON", graph.Value{Date: date("1994")}),
	} {
		for source, speaker := range map[graph.ID]graph.ID{"s_a": "police", "s_b": ""} {
			c.Source, c.Speaker = source, speaker
			out = append(out, c.Normalised())
		}
	}
	return out
}

// lived is a feed in which each condition of a lens takes or leaves a founding of its own. With
// twins two groups are the same as others, each at a time of its own.
func lived(twins bool) *feed {
	f := newFeed()
	first := graph.Batch{ID: "one", Entities: []graph.Entity{entity(graph.Organisation, "police"), entity(graph.Group, "base")}}
	for id, is := range map[string]graph.Source{
		"a": {Reliability: "A", Publisher: "Dawn", Published: date("2020")},
		"b": {Reliability: "A", Publisher: "Élan", Published: date("2020"), Kind: "ARTICLE"},
		"c": {Reliability: "C", Publisher: "Dawn", Published: date("2020")},
		"f": {Reliability: "F", Publisher: "Dawn", Published: date("2020")},
		"y": {Reliability: "A", Publisher: "Dawn", Published: date("2023")},
	} {
		first.Sources = append(first.Sources, source(id, func(s *graph.Source) {
			s.Reliability, s.Publisher, s.Published = is.Reliability, is.Publisher, is.Published
			if is.Kind != "" {
				s.Kind = is.Kind
			}
		}))
	}
	var claims []graph.Claim
	add := func(id string, changes ...func(*graph.Claim)) {
		first.Entities = append(first.Entities, entity(graph.Group, id))
		claims = append(claims, refounded(id, changes...)...)
	}
	spoken := func(c *graph.Claim) { c.Speaker = "police" }
	graded := func(n int) func(*graph.Claim) { return func(c *graph.Claim) { c.Credibility = n } }
	add("plain", spoken)
	add("unspoken")
	add("doubtful", spoken, graded(3))
	add("unjudged", spoken, graded(6))
	add("unreliable", spoken, from("c"))
	add("unrated", spoken, from("f"))
	add("alleged", spoken, hedged(graph.Alleged), graded(2))
	add("opined", spoken, hedged(graph.Assessment), graded(2))
	add("inferred", spoken, func(c *graph.Claim) { c.Rule = "rule" })
	add("article", spoken, from("b"))
	add("young", spoken, from("y"))
	add("late", spoken)
	add("twin", spoken, hedged(graph.Assessment), graded(2))
	add("other-twin", spoken)
	if twins {
		claims = append(claims, link("twin", graph.SameAs, "other-twin", during("2010", "2012"), spoken),
			link("unspoken", graph.SameAs, "plain", during("2003", "2004"), spoken))
	}
	late := func(c graph.Claim) bool { return c.Subject == "late" && c.Value != nil && c.Value.Date == date("2000") }
	f.apply(first)
	f.apply(graph.Batch{ID: "two", Claims: slices.DeleteFunc(slices.Clone(claims), late)})
	f.apply(graph.Batch{ID: "three", Claims: slices.DeleteFunc(claims, func(c graph.Claim) bool { return !late(c) })})
	return f
}

// lensesApart are lenses of which each asks for something else.
func lensesApart() map[string]*graph.Lens {
	early, later := graph.DayOf(1997, 6, 1), graph.DayOf(2003, 6, 1)
	return map[string]*graph.Lens{
		"none":                     {},
		"early":                    {AsOf: &early},
		"later":                    {AsOf: &later},
		"within the twins":         {AsOf: ptr(graph.DayOf(2011, 1, 1))},
		"early, certain":           {AsOf: &early, AsOfMode: ptr(graph.Certain)},
		"later, certain":           {AsOf: &later, AsOfMode: ptr(graph.Certain)},
		"known by the second":      {KnownAtSequence: ptr(graph.Sequence(2))},
		"known then":               {KnownAt: ptr(recordedAt(2))},
		"published by":             {PublishedBy: ptr(graph.DayOf(2021, 1, 1))},
		"credible":                 {MinCredibility: ptr(2)},
		"credible or unjudged":     {MinCredibility: ptr(2), IncludeUnjudged: ptr(true)},
		"credible, early":          {MinCredibility: ptr(2), AsOf: &early},
		"reliable":                 {MinReliability: ptr(graph.Reliability("B"))},
		"reliable or unjudged":     {MinReliability: ptr(graph.Reliability("B")), IncludeUnjudged: ptr(true)},
		"two sources":              {MinIndependentSources: ptr(2)},
		"no worded otherwise":      {Hedges: []graph.Hedge{graph.Stated}},
		"of no words":              {Hedges: []graph.Hedge{}},
		"one source":               {Sources: []graph.ID{"s_a"}},
		"no source":                {Sources: []graph.ID{}},
		"without a source":         {WithoutSources: []graph.ID{"s_b"}},
		"articles":                 {SourceKinds: []graph.SourceKind{"ARTICLE"}},
		"a publisher":              {Publishers: []string{"Élan"}},
		"a speaker":                {Speakers: []graph.ID{"police"}},
		"an attributor":            {Attributors: []graph.ID{"police"}},
		"official voices":          {OfficialVoices: ptr(true)},
		"nothing disputed":         {IncludeDisputed: ptr(false)},
		"what is denied":           {IncludeDenied: ptr(true)},
		"assessments":              {IncludeAssessments: ptr(true)},
		"nothing inferred":         {IncludeInferred: ptr(false)},
		"nothing inferred, later":  {IncludeInferred: ptr(false), AsOf: &later},
		"known by the second, too": {KnownAtSequence: ptr(graph.Sequence(2)), AsOf: &early},
	}
}

// dumpLives is what a lens shows of links that lives cut.
func dumpLives(t tb, g *live.Graph, lens *graph.Lens) string {
	t.Helper()
	v := open(t, g, lens)
	var out strings.Builder
	for l := range v.Links() {
		fmt.Fprint(&out, l.SourceID(), " ", l.Kind(), " ", l.OutsideLife(), l.Status())
		for _, i := range l.Held() {
			fmt.Fprint(&out, " ", edtf(i.From()), "-", edtf(i.To()))
		}
		out.WriteByte('\n')
	}
	v.LinkSummaries(0, v.LinkRows(), func(s live.LinkSummary) { fmt.Fprint(&out, s.Row, " ") })
	return out.String()
}

// TestLivesKept: what is kept of one lens from request to request is never told under another,
// whichever was asked for before, nor once more is recorded.
func TestLivesKept(t *testing.T) {
	t.Parallel()
	for _, twins := range []bool{false, true} {
		feed, lenses := lived(twins), lensesApart()
		if twins { // which the day tells apart
			maps.DeleteFunc(lenses, func(name string, l *graph.Lens) bool { return l.AsOf == nil && name != "none" })
		}
		fresh, answers := map[string]string{}, map[string]bool{}
		for name, lens := range lenses {
			fresh[name] = dumpLives(t, graphOf(feed.changes), lens)
			answers[fresh[name]] = true
		}
		if len(answers) < len(lenses)*2/3 {
			t.Fatalf("%d lenses have %d answers: the test says little", len(lenses), len(answers))
		}
		for first, lens := range lenses {
			for then := range lenses {
				g := graphOf(feed.changes)
				dumpLives(t, g, lens)
				if got := dumpLives(t, g, lenses[then]); got != fresh[then] {
					same(t, fmt.Sprintf("%s after %s, twins %t", then, first, twins), fresh[then], got)
				}
			}
		}
		last := len(feed.changes) - 1
		for name, lens := range lenses {
			g := graphOf(feed.changes[:last])
			dumpLives(t, g, lens)
			if err := g.Add(feed.changes[last]); err != nil {
				t.Fatal(err)
			}
			if got := dumpLives(t, g, lens); got != fresh[name] {
				same(t, name+" once more is recorded", fresh[name], got)
			}
		}
	}
}

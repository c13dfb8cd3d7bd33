package analysis

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
)

// seedsAnd is a reader of the seeds and of some claims more, all of one invented source.
func seedsAnd(t *testing.T, claims ...graph.Claim) *live.Reader {
	t.Helper()
	b := must(seeds.Batch())
	b.ID, b.Sources = "", append(b.Sources, graph.Source{ID: "s_invented", Kind: "REPORT", Title: "Invented", Reliability: "A"})
	for _, c := range claims {
		c.Source = "s_invented"
		if c.Hedge == "" {
			c.Hedge = graph.Stated
		}
		b.Claims = append(b.Claims, c)
	}
	return readerOf(t, b)
}

func day(s string) *graph.Day { return ptr(must(graph.ParseDay(s))) }

func dateOf(s string) graph.PartialDate { return must(graph.ParseDate(s)) }

func linkBetween(v *live.View, from graph.ID, kind graph.Predicate, to graph.ID) (*live.Link, bool) {
	return v.Link(graph.LinkKey{Kind: kind, Source: from, Target: to}.ID())
}

// heldOf tells in which intervals a link held.
func heldOf(l *live.Link) string {
	var out []string
	for _, i := range l.Held() {
		out = append(out, edtf(i.From())+" to "+edtf(i.To()))
	}
	return strings.Join(out, "; ")
}

// TestNothingBeforeAFounding: of a group nothing holds before it was founded, but what is said
// of what it is.
func TestNothingBeforeAFounding(t *testing.T) {
	r := seedsAnd(t)
	then, whole := must(r.View(&graph.Lens{AsOf: day("2014-12-31")})), must(r.View(nil))
	e, _ := then.Entity("is-k")
	e.Base().EachLink(nil, live.Both, func(l *live.Link) bool {
		if begin, _ := l.Kind().Spec().Bearing.CutByLife(); begin {
			t.Errorf("before it was founded it has %s %s", l.Kind(), l.Other().Base().ID())
		}
		return true
	})
	pledge, _ := linkBetween(whole, "lej", graph.PledgedTo, "is-k")
	if got := heldOf(pledge); got != "2015-01-10/2023-10 to " || pledge.OutsideLife() {
		t.Errorf("LeJ pledged to IS-K %s", got)
	}
	jua, _ := must(r.View(&graph.Lens{AsOf: day("2017-01-01")})).Entity("jua")
	var kinds []string
	jua.Base().EachLink(nil, live.Both, func(l *live.Link) bool {
		kinds = append(kinds, string(l.Kind()))
		return true
	})
	if slices.Sort(kinds); !slices.Contains(kinds, "OPERATES_IN") || !slices.Contains(kinds, "DESIGNATED_BY") {
		t.Errorf("after it merged JuA has %v", kinds)
	}
}

// TestNobodyLeadsAfterDeath: a death cuts, if it is neither disputed nor worse graded.
func TestNobodyLeadsAfterDeath(t *testing.T) {
	death := func(credibility int) graph.Claim {
		return graph.Claim{
			Subject: "usman-saifullah-kurd", Predicate: graph.Death, Credibility: credibility,
			Value: &graph.Value{Date: dateOf("2015-02-15")},
		}
	}
	denial := death(2)
	denial.Polarity, denial.Locator = graph.Denied, "2"
	for _, c := range []struct {
		name    string
		claims  []graph.Claim
		leads   bool
		outside bool
	}{
		{"no death", nil, true, false},
		{"a death", []graph.Claim{death(2)}, false, false},
		{"a worse graded one", []graph.Claim{death(3)}, true, true},
		{"a disputed one", []graph.Claim{death(2), denial}, true, false},
	} {
		r := seedsAnd(t, c.claims...)
		now, then, whole := must(r.View(&graph.Lens{AsOf: day("2023-01-01")})), must(r.View(&graph.Lens{AsOf: day("2013-01-15")})), must(r.View(nil))
		l, leads := linkBetween(now, "usman-saifullah-kurd", graph.Leads, "lej-balochistan-faction")
		if leads != c.leads || leads && l.OutsideLife() != c.outside {
			t.Errorf("%s: he leads in 2023: %t", c.name, leads)
		}
		e, _ := now.Entity("usman-saifullah-kurd")
		if _, held := linkBetween(then, "usman-saifullah-kurd", graph.Leads, "lej-balochistan-faction"); !held {
			t.Errorf("%s: he does not lead in 2013", c.name)
		}
		if _, known := linkBetween(whole, "usman-saifullah-kurd", graph.Leads, "lej-balochistan-faction"); !known {
			t.Errorf("%s: no list shows that he led", c.name)
		}
		left := must(now.Neighbourhood(live.Neighbourhood{Of: []graph.ID{e.Base().ID()}, Depth: 1, MaxNodes: 50}))
		if got := slices.ContainsFunc(left.Excluded, func(x graph.Exclusion) bool { return x.Reason == graph.OutsideLife && x.Links > 0 }); got == c.leads {
			t.Errorf("%s: left out %v", c.name, left.Excluded)
		}
	}
}

// TestLivesOnCertainDays: what is certain on a day may be so too. A founding or a death cuts, though no
// claim says on which days it was so, or only on later ones.
func TestLivesOnCertainDays(t *testing.T) {
	founded := graph.Claim{Subject: "jui-f", Predicate: graph.FoundedOn, Value: &graph.Value{Date: dateOf("1990")}, ValidFrom: dateOf("1990")}
	r := seedsAnd(t, founded, graph.Claim{Subject: "dawood-badani", Predicate: graph.MemberOf, Object: "jui-f", ValidFrom: dateOf("1980"), ValidTo: dateOf("2020")},
		graph.Claim{Subject: "dawood-badani", Predicate: graph.Death, Value: &graph.Value{Date: dateOf("2010")}})
	for _, c := range []struct {
		on                string
		possible, certain bool
	}{{"1985-01-01", false, false}, {"1990-06-01", true, false}, {"2000-01-01", true, true}, {"2010-06-01", true, false}, {"2015-01-01", false, false}} {
		_, possible := linkBetween(must(r.View(&graph.Lens{AsOf: day(c.on)})), "dawood-badani", graph.MemberOf, "jui-f")
		_, certain := linkBetween(must(r.View(&graph.Lens{AsOf: day(c.on), AsOfMode: ptr(graph.Certain)})), "dawood-badani", graph.MemberOf, "jui-f")
		if possible != c.possible || certain != c.certain {
			t.Errorf("on %s a member possibly %t, certainly %t", c.on, possible, certain)
		}
	}
}

// TestHeldOnNoDay: what lies outside a life whole is in lists, and holds in no year.
func TestHeldOnNoDay(t *testing.T) {
	early := graph.Claim{Subject: "is-k", Predicate: graph.RivalOf, Object: "jua", ValidFrom: dateOf("1999"), ValidTo: dateOf("2001"), Credibility: 3}
	v := must(seedsAnd(t, early).View(nil))
	l, ok := linkBetween(v, "is-k", graph.RivalOf, "jua")
	if !ok || !l.OutsideLife() || len(l.Held()) != 0 || l.Undated() {
		t.Fatalf("a rivalry before both were founded: shown %t", ok)
	}
	d := must(DyadOf(v, "is-k", "jua", nil))
	if d.OutsideLife != 1 || len(d.Spans) != 0 || slices.ContainsFunc(d.Years, func(y *DyadYear) bool { return y.Year < 2015 }) {
		t.Errorf("%d outside a life, %d years", d.OutsideLife, len(d.Years))
	}
}

// TestYearsThatAreNamed: a dyad names no year that no source names, and silence takes none away.
func TestYearsThatAreNamed(t *testing.T) {
	v := must(seedsAnd(t).View(nil))
	if d := must(DyadOf(v, "ucdp-actor-398", "ucdp-actor-399", nil)); len(d.Years) != 0 || len(d.Spans) != 1 || heldOf(d.Spans[0]) != "1989/2021 to 1989/2021" {
		t.Errorf("a rivalry at some time from 1989 to 2021 has %d years and %d spans", len(d.Years), len(d.Spans))
	}
	allied := func(from, to string) graph.Claim {
		c := graph.Claim{Subject: "lej", Predicate: graph.AlliedWith, Object: "ttp", Locator: from + to}
		if from != "" {
			c.ValidFrom = dateOf(from)
		}
		if to != "" {
			c.ValidTo = dateOf(to)
		}
		return c
	}
	v = must(seedsAnd(t, allied("", "2014-06"), allied("2010", "2012"), allied("2011", "2015"), allied("2018", "")).View(nil))
	d := must(DyadOf(v, "lej", "ttp", nil))
	var told []string
	for _, y := range d.Years {
		if slices.ContainsFunc(y.Friendly, func(l *live.Link) bool { return l.Kind() == graph.AlliedWith }) {
			told = append(told, fmt.Sprint(y.Year))
		}
	}
	if got := strings.Join(told, " "); got != "2010 2011 2012 2013 2014 2015 2018" {
		t.Errorf("allied in %s", got)
	}
	v = must(seedsAnd(t, allied("/2011", "2011"), allied("2010", "2012"), allied("2011", "2011/..")).View(nil))
	told = nil
	for _, y := range must(DyadOf(v, "lej", "ttp", nil)).Years {
		told = append(told, fmt.Sprint(y.Year))
	}
	if l, _ := linkBetween(v, "lej", graph.AlliedWith, "ttp"); strings.Join(told, " ") != "2010 2011 2012" || heldOf(l) != "2010 to 2012" {
		t.Errorf("with ends that are bounded at one side, allied in %v, %s", told, heldOf(l))
	}
	v = must(seedsAnd(t, allied("", "2014-06"), allied("2010", "2012"), allied("2011", "2015"), allied("2018", "")).View(nil))
	if l, _ := linkBetween(v, "lej", graph.AlliedWith, "ttp"); heldOf(l) != "2010 to 2015; 2018 to " || !l.Interrupted() || edtf(l.ValidFrom()) != "2010" || l.ValidTo() != nil {
		t.Errorf("allied %s, interrupted %t", heldOf(l), l.Interrupted())
	}
}

// TestLeaderOfSomeYears: from 2013 to 2018, and at the edges of a circa date.
func TestLeaderOfSomeYears(t *testing.T) {
	v := must(seedsAnd(t, graph.Claim{Subject: "dawood-badani", Predicate: graph.MemberOf, Object: "ttp", ValidFrom: dateOf("2014-03~")}).View(nil))
	l, _ := linkBetween(v, "maulana-fazlullah", graph.Leads, "ttp")
	if got := heldOf(l); got != "2013-11-07 to 2018-06-13" {
		t.Errorf("Fazlullah leads %s", got)
	}
	for on, shown := range map[string]bool{"2014-01-31": false, "2014-02-01": true} {
		then := must(v.With(&graph.Lens{AsOf: day(on)}))
		if _, ok := linkBetween(then, "dawood-badani", graph.MemberOf, "ttp"); ok != shown {
			t.Errorf("about March 2014, on %s: %t", on, ok)
		}
	}
}

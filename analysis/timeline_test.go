package analysis

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/incidents"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// TestEndsThatNameNoYear: an end that lies in one of several years is told once, as written.
func TestEndsThatNameNoYear(t *testing.T) {
	n := networkOf(t, graph.Batch{
		Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}},
		Entities: []graph.Entity{
			{ID: "g1", Kind: graph.Group, Names: []graph.Name{{Value: "g1"}}},
			{ID: "g2", Kind: graph.Group, Names: []graph.Name{{Value: "g2"}}},
			{ID: "g3", Kind: graph.Group, Names: []graph.Name{{Value: "g3"}}},
			{ID: "g4", Kind: graph.Group, Names: []graph.Name{{Value: "g4"}}},
		},
		Claims: []graph.Claim{
			dated("g1", "g2", "2004/2006", "2013-01/.."), dated("g1", "g3", "/2003", "2013/2015"),
			dated("g1", "g4", "", "../.."),
		},
	})
	got, err := TimelineOf(n.View(), []graph.ID{"g1"}, ByYear, live.Inside{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 0 || len(got.Spans) != 2 || got.UndatedLinks != 1 {
		t.Errorf("%+v", got)
		for _, r := range got.Rows {
			t.Errorf("%+v", r)
		}
	}
}

func dated(subject, object graph.ID, from, to string) graph.Claim {
	c := graph.Claim{Subject: subject, Predicate: "SUPPORTS", Object: object, Source: "s_test", Hedge: graph.Stated}
	for text, into := range map[string]*graph.PartialDate{from: &c.ValidFrom, to: &c.ValidTo} {
		if text != "" {
			*into, _ = graph.ParseDate(text)
		}
	}
	return c
}

// period names the period of a day.
func period(by Period, d graph.Day) string {
	at := d.Time()
	switch by {
	case ByMonth:
		return at.Format("2006-01")
	case ByQuarter:
		return fmt.Sprintf("%d-Q%d", at.Year(), (int(at.Month())+2)/3)
	}
	return at.Format("2006")
}

// TestTimelineAgainstDefinition: whatever order entities are named in, each incident and
// each link that is of none is told once, where its dates put it.
func TestTimelineAgainstDefinition(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(131, 132))
	var begun, started, ended, undated, tolls int
	for range 300 {
		b := tellings(r)
		for i, x := range []graph.ID{"x0", "x1", "x2"} {
			if n := float64(3 + r.IntN(9)); r.IntN(3) > 0 {
				b.Claims = append(b.Claims, graph.Claim{
					Subject: x, Predicate: graph.Casualties, Source: "s_a", Hedge: graph.Stated, Locator: fmt.Sprint("toll", i),
					Value: &graph.Value{Role: "CIVILIAN", Effect: "KILLED", Low: &n, High: []*float64{nil, ptr(n + 4)}[r.IntN(2)]},
				})
			}
		}
		for i := range r.IntN(4) {
			b.Claims = append(b.Claims, graph.Claim{
				Subject: []graph.ID{"g0", "g1", "g2"}[r.IntN(3)], Predicate: graph.DeniedResponsibility, Object: []graph.ID{"x0", "x1", "x2"}[r.IntN(3)],
				Source: "s_a", Hedge: graph.Stated, Locator: fmt.Sprint("denied", i),
			})
		}
		v := must(readerOf(t, b).View(nil))
		var of []graph.ID
		for _, i := range r.Perm(6)[:1+r.IntN(5)] {
			of = append(of, []graph.ID{"g0", "g1", "g2", "x0", "x1", "x2"}[i])
		}
		by := []Period{ByYear, ByQuarter, ByMonth}[r.IntN(3)]
		got := must(TimelineOf(v, of, by, live.Inside{}))
		want := map[string]*[5][]graph.ID{}
		at := func(label string) *[5][]graph.ID {
			if want[label] == nil {
				want[label] = &[5][]graph.ID{}
			}
			return want[label]
		}
		end := func(id graph.ID, d *graph.PartialDate, list int) {
			if d == nil {
				return
			}
			if period(by, d.Earliest) != period(by, d.Latest) {
				list += 2
			}
			for day := d.Earliest; day <= d.Latest; day++ {
				if row := at(period(by, day)); !slices.Contains(row[list], id) {
					row[list] = append(row[list], id)
				}
			}
		}
		kinds, undatedLinks, undatedIncidents, spanning := map[graph.ID]map[graph.ID][]graph.Predicate{}, 0, 0, 0
		for _, l := range linksOf(v) {
			ends := []graph.ID{l.SourceID(), l.TargetID()}
			if !slices.ContainsFunc(ends, func(id graph.ID) bool { return slices.Contains(of, id) }) {
				continue
			}
			if i := slices.IndexFunc(ends, func(id graph.ID) bool { return id[0] == 'x' }); i >= 0 {
				x, g := ends[i], ends[1-i]
				if kinds[x] == nil {
					kinds[x] = map[graph.ID][]graph.Predicate{}
				}
				if slices.Contains(of, g) {
					kinds[x][g] = append(kinds[x][g], l.Kind())
				}
				continue
			}
			if l.Undated() {
				undatedLinks++
			}
			for _, i := range l.Held() {
				end(l.ID(), i.From(), 1)
				end(l.ID(), i.To(), 2)
			}
		}
		parts := map[graph.ID]string{}
		for _, id := range []graph.ID{"x0", "x1", "x2"} {
			parts[id] = closest(kinds[id])
			e, _ := v.Entity(id)
			yes := slices.Contains(of, id) || parts[id] != ""
			if date := (&live.Incident{EntityBase: e.Base()}).BestDate(); yes && date != nil && period(by, date.Earliest) == period(by, date.Latest) {
				row := at(period(by, date.Earliest))
				row[0] = append(row[0], id)
			} else if yes && date != nil {
				spanning++
			} else if yes {
				undatedIncidents++
			}
		}
		had := map[string]*[5][]graph.ID{}
		for i, row := range got.Rows {
			had[row.Label] = &[5][]graph.ID{
				idsOf(row.Incidents, entityID), idsOf(row.Started, linkID), idsOf(row.Ended, linkID),
				idsOf(row.PossiblyStarted, linkID), idsOf(row.PossiblyEnded, linkID),
			}
			if i > 0 && got.Rows[i-1].To >= row.From || row.From > row.To || period(by, row.From) != row.Label ||
				period(by, row.To) != row.Label || period(by, row.To+1) == row.Label {
				t.Fatalf("%s goes from %s to %s", row.Label, row.From, row.To)
			}
			for part, sum := range map[string]*incidents.IncidentSum{
				"claimed": row.Claimed, "attributed": row.Attributed, "attributed and denied": row.AttributedAndDenied,
			} {
				tolls += checkTolls(t, row, sum, func(id graph.ID) bool { return parts[id] == part })
			}
			tolls += checkTolls(t, row, row.Happened, func(id graph.ID) bool { return slices.Contains(of, id) })
			begun, started, ended = begun+len(row.Incidents), started+len(row.Started), ended+len(row.Ended)
		}
		for _, row := range want {
			for i := range row {
				slices.Sort(row[i])
			}
		}
		if d := cmp.Diff(want, had); d != "" || got.UndatedLinks != undatedLinks || got.UndatedIncidents != undatedIncidents ||
			len(got.SpanningIncidents) != spanning {
			t.Fatalf("of %v: %s%d undated links and %d incidents, want %d and %d", of, d, got.UndatedLinks, got.UndatedIncidents,
				undatedLinks, undatedIncidents)
		}
		undated += undatedLinks
	}
	if min(begun, started, ended, undated, tolls) < 50 {
		t.Errorf("%d incidents, %d starts, %d ends, %d undated, %d tolls: the test says little", begun, started, ended,
			undated, tolls)
	}
}

// closest is the closest part that an actor has in an incident, by the kinds of links that
// join each to it.
func closest(kinds map[graph.ID][]graph.Predicate) string {
	var found []string
	for _, list := range kinds {
		has := func(p graph.Predicate) bool { return slices.Contains(list, p) }
		switch {
		case has(graph.Claimed):
			found = append(found, "claimed")
		case has(graph.AttributedTo) && has(graph.DeniedResponsibility):
			found = append(found, "attributed and denied")
		case has(graph.AttributedTo):
			found = append(found, "attributed")
		case has("TARGETED"):
			found = append(found, "otherwise")
		}
	}
	for _, part := range []string{"claimed", "attributed", "attributed and denied", "otherwise"} {
		if slices.Contains(found, part) {
			return part
		}
	}
	return ""
}

// checkTolls adds up the ranges of those incidents of a row that belong to a sum.
func checkTolls(t *testing.T, row *TimelineRow, sum *incidents.IncidentSum, belongs func(graph.ID) bool) (figures int) {
	t.Helper()
	low, high, open, count := 0, 0, false, 0
	for _, e := range row.Incidents {
		if !belongs(e.Base().ID()) {
			continue
		}
		count++
		for _, toll := range (&live.Incident{EntityBase: e.Base()}).Casualties() {
			figures++
			low += *toll.Low
			if toll.High == nil {
				open = true
			} else {
				high += *toll.High
			}
		}
	}
	got := sum.Toll(graph.EffectKilled)
	known := got.High != nil
	if sum.Count() != count || (got.Low != nil) != (figures > 0) || got.Low != nil && *got.Low != low || got.WithoutFigure != count-figures ||
		known != (figures > 0 && !open) || known && *got.High != high || got.Best != nil {
		t.Fatalf("%s: %d incidents, %+v; want %d, %d to %d, open %t", row.Label, sum.Count(), got, count, low, high, open)
	}
	return figures
}

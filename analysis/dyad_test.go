package analysis

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// tellings is what sources say of two groups, over some years, and of incidents.
func tellings(r *rand.Rand) graph.Batch {
	b := graph.Batch{Actor: "test", Reason: "test"}
	for _, id := range []graph.ID{"s_a", "s_b"} {
		b.Sources = append(b.Sources, graph.Source{ID: id, Kind: "REPORT", Title: string(id)})
	}
	for _, id := range []graph.ID{"g0", "g1", "g2", "x0", "x1", "x2"} {
		kind := graph.Group
		if id[0] == 'x' {
			kind = graph.Incident
		}
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: kind, Names: []graph.Name{{Value: string(id)}}})
	}
	year := func() graph.PartialDate { return must(graph.ParseDate(fmt.Sprint(2000 + r.IntN(6)))) }
	for i := range 3 + r.IntN(14) {
		c := graph.Claim{
			Source: b.Sources[r.IntN(2)].ID, Locator: fmt.Sprint(i), Credibility: 1 + r.IntN(6), Hedge: graph.Stated,
		}
		two := r.Perm(2)
		c.Subject, c.Object = b.Entities[two[0]].ID, b.Entities[two[1]].ID
		c.Predicate = []graph.Predicate{"SUPPORTS", "ALLIED_WITH", "RIVAL_OF", "BRANCH_OF", "CONDEMNED"}[r.IntN(5)]
		switch x := b.Entities[3+r.IntN(3)].ID; {
		case c.Predicate == "CONDEMNED" || r.IntN(4) == 0:
			c.Predicate, c.Object = []graph.Predicate{"CLAIMED", "CLAIMED", "CONDEMNED"}[r.IntN(3)], x
			if r.IntN(2) == 0 {
				c.Predicate = []graph.Predicate{"TARGETED", graph.AttributedTo}[r.IntN(2)]
				c.Subject, c.Object = x, b.Entities[r.IntN(3)].ID
			}
		case r.IntN(4) > 0:
			c.ValidFrom = year()
			if r.IntN(2) == 0 {
				c.ValidTo = must(graph.ParseDate(fmt.Sprint(c.ValidFrom.Earliest.Time().Year() + r.IntN(3))))
			}
			if c.Predicate == graph.AlliedWith {
				c.Modes = []graph.Mode{graph.Modes[r.IntN(len(graph.Modes))]}
			}
		}
		if r.IntN(4) == 0 {
			c.Polarity = graph.Denied
		}
		b.Claims = append(b.Claims, c)
	}
	for _, id := range []graph.ID{"x0", "x1"} {
		b.Claims = append(b.Claims, graph.Claim{
			Subject: id, Predicate: graph.DateOf, Value: &graph.Value{Date: year()}, Source: "s_a", Hedge: graph.Stated,
		})
	}
	return b
}

// yearLink is a link as a year tells it.
type yearLink struct {
	ID          graph.ID
	Status      graph.LinkStatus
	Hedge       graph.Hedge
	Credibility int
	From, To    string
	Independent int
	Claims      []graph.ID
}

func toldLink(t *testing.T, l *live.Link) yearLink {
	t.Helper()
	return yearLink{
		l.ID(), l.Status(), l.Hedge(), l.Credibility(), edtf(l.ValidFrom()), edtf(l.ValidTo()), l.IndependentSources(),
		claimsOf(t, l),
	}
}

// TestDyadAgainstGraphsOfYears: what a year tells is what a graph tells that holds only
// the claims that may hold in it.
func TestDyadAgainstGraphsOfYears(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(101, 102))
	var years, links, disagreements, clashes, joint, undated, modes int
	for range 400 {
		b := tellings(r).Normalised()
		lens := &graph.Lens{IncludeDenied: ptr(r.IntN(2) == 0), IncludeDisputed: ptr(r.IntN(4) > 0)}
		whole := must(readerOf(t, b).View(lens))
		bearings := [][]graph.Bearing{nil, {graph.EveryBearing}}[r.IntN(2)]
		d := must(DyadOf(whole, "g0", "g1", bearings))
		if d.Years == nil {
			continue
		}
		undatedIDs, shown := idsOf(d.Undated, linkID), linksOf(whole)
		undated += len(undatedIDs)
		for i, row := range d.Years {
			if i > 0 && row.Year <= d.Years[i-1].Year {
				t.Fatal("the years are not in order")
			}
			part := b
			part.ID, part.Claims = "", nil
			span := graph.Span{Earliest: graph.DayOf(row.Year, 1, 1), Latest: graph.DayOf(row.Year, 12, 31)}
			for _, c := range b.Claims {
				if speaksOf(&c, span) {
					part.Claims = append(part.Claims, c)
				}
			}
			v := must(readerOf(t, part).View(lens))
			want := map[graph.ID]yearLink{}
			wantModes := []graph.Mode{}
			var friendly, hostile, contested bool
			for _, l := range linksOf(v) {
				pair := []graph.ID{l.SourceID(), l.TargetID()}
				if slices.Sort(pair); !slices.Equal(pair, []graph.ID{"g0", "g1"}) || slices.Contains(undatedIDs, l.ID()) ||
					shown[l.ID()] == nil || l.AffirmedCount() == 0 {
					continue // the lens does not show it as a whole, it is told apart, or nothing has it hold
				}
				want[l.ID()] = toldLink(t, l)
				wantModes = append(wantModes, l.Modes()...)
				rivals := l.Kind() == "RIVAL_OF"
				hostile, friendly = hostile || rivals, friendly || !rivals
				contested = contested || l.Disputed() || l.Contested()
			}
			got := map[graph.ID]yearLink{}
			for _, l := range slices.Concat(row.Friendly, row.Hostile) {
				got[l.ID()] = toldLink(t, l)
			}
			slices.Sort(wantModes)
			if diff := cmp.Diff(want, got) + cmp.Diff(slices.Compact(wantModes), row.Modes); diff != "" {
				t.Fatalf("%d: %s", row.Year, diff)
			}
			if row.Disagreement != (friendly && hostile || contested) {
				t.Fatalf("%d: disagreement is %t", row.Year, row.Disagreement)
			}
			years, links, modes = years+1, links+len(got), modes+len(wantModes)
			if row.Disagreement {
				disagreements++
			}
			clashes, joint = clashes+len(row.Clashes), joint+len(row.Joint)
			checkIncidents(t, whole, row, bearings != nil)
		}
	}
	if min(years, links, disagreements, clashes, joint, undated, modes) < 20 {
		t.Errorf("%d years, %d links, %d disagreements, %d clashes, %d joint, %d undated, %d modes: the test says little",
			years, links, disagreements, clashes, joint, undated, modes)
	}
}

// speaksOf reports whether a claim speaks of a year: one that has a link hold, if it has it
// hold then. One that gives no end says so of the year of its start.
func speaksOf(c *graph.Claim, year graph.Span) bool {
	from, to := c.ValidFrom, c.ValidTo
	if c.Polarity == graph.Denied || !c.Predicate.Spec().IsLink() {
		return (from.IsZero() || from.Earliest <= year.Latest) && (to.IsZero() || year.Earliest <= to.Latest)
	}
	return !from.IsZero() && from.Earliest <= year.Latest && (to.IsZero() && from.Latest >= year.Earliest || to.Latest >= year.Earliest)
}

// checkIncidents sorts the incidents of a year by who is said to have done what; by
// attributions only where they are asked for.
func checkIncidents(t *testing.T, v *live.View, row *DyadYear, attributed bool) {
	t.Helper()
	claimed, acted, suffered := map[graph.ID]map[graph.ID]bool{}, map[graph.ID]map[graph.ID]bool{}, map[graph.ID]map[graph.ID]bool{}
	put := func(m map[graph.ID]map[graph.ID]bool, x, g graph.ID) {
		if m[x] == nil {
			m[x] = map[graph.ID]bool{}
		}
		m[x][g] = true
	}
	for _, l := range linksOf(v) {
		switch l.Kind() {
		case "CLAIMED":
			put(claimed, l.TargetID(), l.SourceID())
			put(acted, l.TargetID(), l.SourceID())
		case graph.AttributedTo:
			if attributed {
				put(acted, l.SourceID(), l.TargetID())
			}
		case "TARGETED":
			put(suffered, l.SourceID(), l.TargetID())
		}
	}
	var clashes, joint []graph.ID
	for _, x := range []graph.ID{"x0", "x1"} {
		e, _ := v.Entity(x)
		if (&live.Incident{EntityBase: e.Base()}).BestDate().Earliest.Time().Year() != row.Year {
			continue
		}
		switch did, met := acted[x], suffered[x]; {
		case claimed[x]["g0"] && claimed[x]["g1"]:
			joint = append(joint, x)
		case did["g0"] && met["g1"], did["g1"] && met["g0"]:
			clashes = append(clashes, x)
		}
	}
	if d := cmp.Diff(clashes, idsOf(row.Clashes, entityID)) + cmp.Diff(joint, idsOf(row.Joint, entityID)); d != "" {
		t.Fatalf("incidents of %d: %s", row.Year, d)
	}
}

package analysis

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestSimilarByKind has two groups that stand alike to a third and to an incident,
// and one that is joined to the same things in other ways.
func TestSimilarByKind(t *testing.T) {
	n := network(t, []said{
		{"g1", "ALLIED_WITH", "g9"},
		{"g2", "ALLIED_WITH", "g9"},
		{"g3", "RIVAL_OF", "g9"},
		{"g1", "CLAIMED", "x1"},
		{"g2", "CLAIMED", "x1"},
		{"g3", "DENIED", "x1"},
		{"g1", "SUPPORTS", "g8"},
		{"g8", "SUPPORTS", "g2"},
		{"g3", "SUPPORTS", "g8"},
		{"i1", "MEMBER_OF", "g1"},
		{"i1", "MEMBER_OF", "g1"},
		{"i2", "MEMBER_OF", "g1"},
	})
	type feature struct {
		Kind      graph.Predicate
		Direction live.Direction
		Node      graph.ID
	}
	type likeness struct {
		Node   graph.ID
		Score  float64
		Shared []feature
	}
	like := func(id graph.ID, by algo.Similarity) (out []likeness) {
		for _, s := range must(SimilarTo(n, id, by, 10, nil)) {
			l := likeness{Node: s.Node.Base().ID(), Score: s.Score}
			for _, f := range s.Shared {
				l.Shared = append(l.Shared, feature{f.Kind, f.Direction, f.Node.Base().ID()})
			}
			out = append(out, l)
		}
		return out
	}
	want := []likeness{
		{"g2", 2.0 / 6, []feature{{"ALLIED_WITH", live.Both, "g9"}, {"CLAIMED", live.Out, "x1"}}},
		{"g3", 1.0 / 7, []feature{{"SUPPORTS", live.Out, "g8"}}},
	}
	if d := cmp.Diff(want, like("g1", algo.SimilarByJaccard)); d != "" {
		t.Errorf("like g1 (-want +got):\n%s", d)
	}
	want = []likeness{{"i2", 1, []feature{{"MEMBER_OF", live.Out, "g1"}}}}
	if d := cmp.Diff(want, like("i1", algo.SimilarByCosine)); d != "" {
		t.Errorf("like i1, whose two roles in one group are one link (-want +got):\n%s", d)
	}
}

// attack is one that g1 and g2 claimed, g3 is accused of and g4 condemned, by i1 and i2, in
// which i3 was killed and i4 was a victim.
func attack(t *testing.T) *live.View {
	t.Helper()
	v := network(t, []said{
		{"g1", "CLAIMED", "x1"},
		{"g2", "CLAIMED", "x1"},
		{"x1", graph.AttributedTo, "g3"},
		{"g4", "CONDEMNED", "x1"},
		{"i1", "CONVICTED_IN", "x1"},
		{"i2", "CONVICTED_IN", "x1"},
		{"i3", "KILLED_IN", "x1"},
		{"i4", graph.ParticipatedIn, "x1"}, // in no role
	}).View()
	return v
}

// TestWhomAnAttackJoins: an incident joins bodies that both claimed it, and nobody who was
// harmed with those who did it or speak of it, whatever is asked for.
func TestWhomAnAttackJoins(t *testing.T) {
	v := attack(t)
	joined := func(q *ViewInput, of graph.ID) (out []graph.ID) {
		n := must(NewNetwork(v, q, nil))
		for _, p := range must(PredictLinks(n, []*live.View{v}, []graph.ID{of}, PredictionOptions{Method: algo.ByCommonNeighbours, First: 50}, nil)) {
			if out = append(out, p.Target.Base().ID()); len(p.RestsOn) != 2 || len(p.JoinedBy) != 0 {
				t.Errorf("%s and %s rest on %d links, and %d join them", of, out[len(out)-1], len(p.RestsOn), len(p.JoinedBy))
			}
		}
		slices.Sort(out)
		return out
	}
	every := []graph.Bearing{graph.EveryBearing}
	through := []graph.EntityKind{graph.Incident}
	for _, c := range []struct {
		what string
		q    *ViewInput
		of   graph.ID
		want []graph.ID
	}{
		{"a claimant", &ViewInput{}, "g1", []graph.ID{"g2", "i1", "i2"}},
		{"one who was killed", &ViewInput{}, "i3", nil},
		{"a claimant, by all", &ViewInput{Bearings: every}, "g1", []graph.ID{"g2", "i1", "i2"}},
		{"the accused, by all", &ViewInput{Bearings: every}, "g3", []graph.ID{"i1", "i2"}},
		{"who condemned it, by all", &ViewInput{Bearings: every}, "g4", []graph.ID{"i1", "i2"}},
		{"one who was killed, by all", &ViewInput{Bearings: every}, "i3", []graph.ID{"i4"}},
		{"the accused, through incidents", &ViewInput{Bearings: every, Through: through}, "g3", []graph.ID{"g1", "g2", "g4", "i1", "i2"}},
		{"one who was killed, through incidents", &ViewInput{Bearings: every, Through: through}, "i3", []graph.ID{"i4"}},
	} {
		if d := cmp.Diff(c.want, joined(c.q, c.of)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, d)
		}
	}
}

// TestMeasuresDoNotJoinBodies: what follows ties gets from no body to another by an incident
// that they did not both claim; degrees count every link, and what is left out is told.
func TestMeasuresDoNotJoinBodies(t *testing.T) {
	v := attack(t)
	n := must(NewNetwork(v, &ViewInput{Bearings: []graph.Bearing{graph.EveryBearing}}, nil))
	parts := must(CommunitiesOf(n, CommunityOptions{Method: ByComponents, Resolution: 1, First: 9}, nil))
	if got := idsOf(parts.Rows[0].Members, entityID); parts.Count != 3 || slices.Contains(got, "g3") || slices.Contains(got, "g4") {
		t.Errorf("%d parts, the first of %v", parts.Count, got)
	}
	left := map[graph.Bearing]int{}
	for _, x := range parts.Excluded {
		left[*x.Bearing] = x.Links
	}
	if d := cmp.Diff(map[graph.Bearing]int{graph.BearingAttribution: 1, graph.BearingSpeech: 1}, left); d != "" {
		t.Errorf("left out (-want +got):\n%s", d)
	}
	degrees := must(RankBy(n, "DEGREE", RankingOptions{First: 1}, nil))
	if top := degrees.Rows[0]; top.NodeID() != "x1" || top.Value != 1 || len(degrees.Excluded) != 0 {
		t.Errorf("most links has %s: %v; left out %v", top.NodeID(), top.Value, degrees.Excluded)
	}
	bodies := &ProjectionInput{Join: []graph.EntityKind{graph.Group, graph.Individual}, By: []graph.EntityKind{graph.Incident}}
	two := must(TwoModeOf(n, bodies.options(), 50, nil))
	var ties []string
	for _, tie := range two.Ties {
		ties = append(ties, string(tie.A.Base().ID()+" "+tie.B.Base().ID()))
	}
	slices.Sort(ties)
	want := []string{"g1 g2", "g1 i1", "g1 i2", "g2 i1", "g2 i2", "i1 i2", "i3 i4"}
	if d := cmp.Diff(want, ties); d != "" {
		t.Errorf("projected (-want +got):\n%s", d)
	}
	projected := must(NewNetwork(v, &ViewInput{Bearings: []graph.Bearing{graph.EveryBearing}, Project: bodies}, nil))
	for _, row := range must(RankTies(projected, 20, 1, nil)).Rows {
		if len(row.Links) > 0 {
			t.Errorf("%s and %s are told a link, though it is projected away", row.A.Base().ID(), row.B.Base().ID())
		}
	}
	of := func(id graph.ID) algo.Node { n, _ := projected.Node(id); return n }
	for _, pair := range [][2]graph.ID{{"g1", "g2"}, {"i1", "i2"}, {"i3", "i4"}} {
		links := must(projected.linksOf(projected.slotsBetween(of(pair[0]), of(pair[1])), nil))
		if len(links) < 2 || slices.ContainsFunc(links, func(l *live.Link) bool { return !slices.Contains(pair[:], l.SourceID()) }) {
			t.Errorf("%v are joined by %d links", pair, len(links))
		}
	}
}

// TestPathsDoNotJoinBodies: nor does a path, even where another way between the same two
// ends leads back through the incident; and claims tell the paths that there are.
func TestPathsDoNotJoinBodies(t *testing.T) {
	v := attack(t)
	path := func(from, to graph.ID, through ...graph.EntityKind) (out []graph.Predicate) {
		n := must(NewNetwork(v, &ViewInput{Bearings: []graph.Bearing{graph.EveryBearing}, Through: through}, nil))
		found := must(PathsBetween(n, PathRequest{From: from, To: to, Options: n.PathOptions(ByLength, 9, 6)}, nil))
		if len(found.Paths) > 1 {
			t.Errorf("%d paths from %s to %s", len(found.Paths), from, to)
		}
		for _, p := range found.Paths {
			for _, h := range p.Hops {
				out = append(out, h.Link.Kind())
			}
		}
		return out
	}
	for _, c := range []struct {
		from, to graph.ID
		through  []graph.EntityKind
		want     []graph.Predicate
	}{
		{"g1", "g2", nil, []graph.Predicate{"CLAIMED", "CLAIMED"}},
		{"g1", "g3", nil, nil},
		{"g3", "g1", nil, nil},
		{"g3", "g4", nil, nil},
		{"g3", "g4", []graph.EntityKind{graph.Incident}, []graph.Predicate{graph.AttributedTo, "CONDEMNED"}},
		{"i1", "g3", nil, []graph.Predicate{"CONVICTED_IN", graph.AttributedTo}},
	} {
		if d := cmp.Diff(c.want, path(c.from, c.to, c.through...)); d != "" {
			t.Errorf("from %s to %s, through %v (-want +got):\n%s", c.from, c.to, c.through, d)
		}
	}
}

// TestPredictionsHoldTogether: who led a group before it had an ally is no likely tie of that
// ally, unless it is asked for; who may have led it then is, and who founded it too.
func TestPredictionsHoldTogether(t *testing.T) {
	b := graph.Batch{Actor: "test", Reason: "test", Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "test"}}}
	for _, id := range []graph.ID{"g1", "g2", "g9"} {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
	}
	for _, id := range []graph.ID{"i1", "i2", "i3"} {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Individual, Names: []graph.Name{{Value: string(id)}}})
	}
	for _, c := range []struct {
		subject  graph.ID
		kind     graph.Predicate
		from, to string
	}{
		{"g1", graph.AlliedWith, "2016", ""},
		{"i1", graph.Leads, "2003", "2015"},
		{"i2", graph.Leads, "2014", "2016"},
		{"i3", graph.Leads, "", ""},
		{"g2", graph.SplinteredFrom, "1999", ""},
	} {
		claim := graph.Claim{Subject: c.subject, Predicate: c.kind, Object: "g9", Source: "s_test", Hedge: graph.Stated}
		if c.from != "" {
			claim.ValidFrom = dateOf(c.from)
		}
		if c.to != "" {
			claim.ValidTo = dateOf(c.to)
		}
		b.Claims = append(b.Claims, claim)
	}
	v := networkOf(t, b).View()
	n := must(NewNetwork(v, &ViewInput{}, nil))
	for _, c := range []struct {
		concurrent bool
		want       []graph.ID
	}{
		{true, []graph.ID{"g2", "i2", "i3"}},
		{false, []graph.ID{"g2", "i1", "i2", "i3"}},
	} {
		var got []graph.ID
		o := PredictionOptions{Method: algo.ByCommonNeighbours, Concurrent: c.concurrent, First: 50}
		for _, p := range must(PredictLinks(n, []*live.View{v}, []graph.ID{"g1"}, o, nil)) {
			got = append(got, p.Target.Base().ID())
		}
		slices.Sort(got)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("concurrent %t (-want +got):\n%s", c.concurrent, d)
		}
	}
	together := map[graph.ID]bool{}
	for _, s := range must(SimilarTo(n, "i1", algo.SimilarByJaccard, 10, nil)) {
		together[s.Node.Base().ID()] = s.Shared[0].Together
	}
	if d := cmp.Diff(map[graph.ID]bool{"i2": true, "i3": true}, together); d != "" {
		t.Errorf("those who led it as i1 did (-want +got):\n%s", d)
	}
}

// TestMeasuresKeepSidesApart: what follows ties gets by a fight from neither side to the other, and
// by one on which all are of one side from each to each.
func TestMeasuresKeepSidesApart(t *testing.T) {
	as := func(role string) func(*graph.Claim) { return func(c *graph.Claim) { c.Role = role } }
	build := func(role string) *Network {
		var b graph.Batch
		b.Sources = []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "A report"}}
		for id, kind := range map[graph.ID]graph.EntityKind{"g1": graph.Group, "g2": graph.Group, "g3": graph.Group, "i1": graph.Individual, "x1": graph.Incident} {
			b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: kind, Names: []graph.Name{{Value: string(id)}}})
		}
		for _, s := range []struct {
			by graph.ID
			p  graph.Predicate
			in func(*graph.Claim)
		}{{"g1", graph.PartyTo, as("SIDE_A")}, {"g2", graph.PartyTo, as("SIDE_A")}, {"g3", graph.PartyTo, as(role)}, {"i1", graph.ParticipatedIn, as("gunman")}} {
			c := graph.Claim{Subject: s.by, Predicate: s.p, Object: "x1", Hedge: graph.Stated, Source: "s_test"}
			s.in(&c)
			b.Claims = append(b.Claims, c)
		}
		return must(NewNetwork(must(readerOf(t, b).View(nil)), &ViewInput{}, nil))
	}
	for role, want := range map[string]struct{ parts, left int }{"SIDE_A": {1, 0}, "SIDE_B": {4, 3}, "ATTACKER": {4, 3}} {
		n := build(role)
		parts := must(CommunitiesOf(n, CommunityOptions{Method: ByComponents, Resolution: 1, First: 9}, nil))
		left := 0
		for _, x := range parts.Excluded {
			left += x.Links
		}
		if parts.Count != want.parts || left != want.left {
			t.Errorf("with g3 as %s: %d parts, %d links left out, want %+v", role, parts.Count, left, want)
		}
		for to, joined := range map[graph.ID]bool{"g2": true, "i1": true, "g3": role == "SIDE_A"} {
			found := must(PathsBetween(n, PathRequest{From: "g1", To: to, Options: n.PathOptions(ByEvidence, 5, 3)}, nil)).Paths
			if (len(found) > 0) != joined {
				t.Errorf("with g3 as %s, g1 and %s: %d paths", role, to, len(found))
			}
		}
		var predicted []graph.ID
		for _, p := range must(PredictLinks(n, []*live.View{n.View()}, []graph.ID{"g1"}, PredictionOptions{Method: algo.ByCommonNeighbours, First: 50}, nil)) {
			predicted = append(predicted, p.Target.Base().ID())
		}
		if slices.Contains(predicted, "g3") != (role == "SIDE_A") || !slices.Contains(predicted, "g2") {
			t.Errorf("with g3 as %s, g1 is like %v", role, predicted)
		}
	}
}

// TestStrengths: ties weigh what the best claims of their links give as amounts, of one unit; where
// there is another unit, or a link without an amount, that is an error that says so.
func TestStrengths(t *testing.T) {
	low, best := 5.0, 30.0
	fund := func(by, to graph.ID, credibility int, a *graph.Amount) graph.Claim {
		return graph.Claim{
			Subject: by, Predicate: graph.Funded, Object: to, Hedge: graph.Stated, Source: "s_test", Amount: a, Credibility: credibility,
		}
	}
	open := func(claims ...graph.Claim) (*Network, error) {
		b := graph.Batch{Sources: []graph.Source{{ID: "s_test", Kind: "REPORT", Title: "A report"}}, Claims: claims}
		for _, id := range []graph.ID{"g1", "g2", "g3"} {
			b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
		}
		n := must(NewNetwork(must(readerOf(t, b).View(nil)), &ViewInput{Weight: ptr(ByStrength)}, nil))
		_, err := n.Graph(nil)
		return n, err
	}
	usd := func(best, low *float64) *graph.Amount { return &graph.Amount{Best: best, Low: low, Unit: "USD"} }
	claims := []graph.Claim{
		fund("g1", "g2", 2, usd(nil, &low)), fund("g1", "g2", 4, usd(&best, nil)), fund("g2", "g1", 2, usd(&best, &low)), fund("g2", "g3", 2, usd(&low, nil)),
	}
	n, err := open(claims...)
	if err != nil {
		t.Fatal(err)
	}
	want := map[[2]graph.ID]float64{{"g1", "g2"}: 35, {"g2", "g1"}: 35, {"g2", "g3"}: 5, {"g3", "g2"}: 5}
	if d := cmp.Diff(want, read(n, must(n.Graph(nil)))); d != "" {
		t.Errorf("strengths (-want +got):\n%s", d)
	}
	for code, c := range map[string]graph.Claim{
		"NO_AMOUNT": fund("g3", "g1", 2, nil), "SEVERAL_UNITS": fund("g3", "g1", 2, &graph.Amount{Best: &best, Unit: "rifles"}),
	} {
		var invalid *graph.InvalidError
		if _, err := open(append(claims, c)...); !errors.As(err, &invalid) || invalid.Problems[0].Code != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

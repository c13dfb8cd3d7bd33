package analysis

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/algotest"
	"github.com/rabta/rabta/filter"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// society is groups, people, a madressah and a place with links of many kinds, told by
// several claims each.
func society(r *rand.Rand) graph.Batch {
	b := graph.Batch{Actor: "test", Reason: "test"}
	for _, id := range []graph.ID{"s_a", "s_b"} {
		b.Sources = append(b.Sources, graph.Source{ID: id, Kind: "REPORT", Title: string(id)})
	}
	b.Sources = append(b.Sources,
		graph.Source{ID: "s_c", Kind: "REPORT", Title: "after a", DerivedFrom: []graph.ID{"s_a"}})
	kinds := map[byte]graph.EntityKind{'g': graph.Group, 'i': graph.Individual, 'm': graph.Madressah, 'p': graph.Place}
	for _, id := range []graph.ID{"g0", "g1", "g2", "g3", "i4", "i5", "i6", "m7", "p8"} {
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: kinds[id[0]], Names: []graph.Name{{Value: string(id)}}})
	}
	between := map[string][]graph.Predicate{
		"gg": {"SUPPORTS", "ALLIED_WITH", "FACTION_OF", "RIVAL_OF"}, "ig": {"LEADS", "MEMBER_OF", "SUPPORTS"},
		"ii": {graph.KinOf, "ASSOCIATE_OF"}, "gp": {"OPERATES_IN"}, "ip": {"LOCATED_IN"},
		"im": {"STUDIED_AT", "TAUGHT_AT", "MEMBER_OF"}, "gm": {"RECRUITED_AT"}, "mp": {"LOCATED_IN"},
	}
	for i := range 15 + r.IntN(40) {
		two := r.Perm(len(b.Entities))
		from, to := b.Entities[two[0]].ID, b.Entities[two[1]].ID
		if allowed := between[string(from[0])+string(to[0])]; len(allowed) > 0 {
			b.Claims = append(b.Claims, graph.Claim{
				Subject: from, Predicate: allowed[r.IntN(len(allowed))], Object: to,
				Source: b.Sources[r.IntN(3)].ID, Hedge: graph.Stated,
				Credibility: 1 + r.IntN(6), Locator: fmt.Sprint(i),
			})
		}
	}
	return b
}

// part is the part of a view that a request takes, by definition.
type part struct {
	Nodes, Links []graph.ID
	Guarded      int
	ties         map[[2]graph.ID]float64 // from, to -> weight
	barred       map[graph.ID]bool       // what Guarded counts
}

func partOf(v *live.View, q *ViewInput) part {
	links := map[graph.ID]*live.Link{}
	for row := range v.LinkRows() {
		if l := v.LinkAt(row); l != nil && l.Kind().Spec().IsLink() && (q.Kinds == nil || slices.Contains(q.Kinds, l.Kind())) {
			links[l.ID()] = l
		}
	}
	where := must(q.Where.Test(v, "where", nil))
	passes := func(e live.Entity) bool {
		return (q.EntityKinds == nil || slices.Contains(q.EntityKinds, e.Base().Kind())) && where(e)
	}
	barred := func(l *live.Link) bool {
		return q.Bearings == nil && !slices.Contains(graph.UsualBearings, l.Bearing())
	}
	keep, met := map[graph.ID]bool{}, map[graph.ID]bool{} // met: links that are barred where a walk would take them
	if q.Around == nil {
		for e := range v.Entities() {
			keep[e.Base().ID()] = passes(e)
		}
	}
	front := map[graph.ID]bool{}
	for _, id := range q.Around {
		keep[id], front[id] = true, true
	}
	for range *q.Depth {
		next := map[graph.ID]bool{}
		for _, l := range links {
			for _, ends := range [][2]live.Entity{{l.Source(), l.Target()}, {l.Target(), l.Source()}} {
				from, to := ends[0].Base().ID(), ends[1].Base().ID()
				if !front[from] || !keep[to] && !passes(ends[1]) {
					continue
				}
				if barred(l) {
					met[l.ID()] = true
				} else if !keep[to] {
					next[to] = true
				}
			}
		}
		for id := range next {
			keep[id] = true
		}
		front = next
	}
	out := part{ties: map[[2]graph.ID]float64{}}
	for id, yes := range keep {
		if yes {
			out.Nodes = append(out.Nodes, id)
		}
	}
	for id, l := range links {
		a, b := l.SourceID(), l.TargetID()
		switch {
		case !keep[a] || !keep[b]:
		case barred(l):
			met[id] = true
		default:
			out.Links = append(out.Links, id)
			w := q.strength(l)
			symmetric := l.Kind().Spec().Symmetric
			forth, back := symmetric || q.direction() != algo.Backward, symmetric || q.direction() != algo.Forward
			if forth {
				out.ties[[2]graph.ID{a, b}] += w
			}
			if back {
				out.ties[[2]graph.ID{b, a}] += w
			}
		}
	}
	out.Guarded, out.barred = len(met), met
	slices.Sort(out.Nodes)
	slices.Sort(out.Links)
	return out
}

// strength is what a link adds to the weight of its tie.
func (r *ViewInput) strength(l *live.Link) float64 {
	switch r.weight() {
	case ByClaims:
		return float64(l.AffirmedCount())
	case ByIndependentSources:
		return float64(l.IndependentSources())
	case ByGrade:
		return likelihood(uint8(l.Credibility()))
	}
	return 0 // every tie counts 1, however many links it has
}

// read is what a graph says of its ties.
func read(n *Network, g *algo.Graph) map[[2]graph.ID]float64 {
	out := map[[2]graph.ID]float64{}
	for v := range algo.Node(g.Len()) {
		weights := g.OutWeights(v)
		for i, w := range g.Out(v) {
			weight := 0.0
			if weights != nil {
				weight = weights[i]
			}
			out[[2]graph.ID{n.ID(v), n.ID(w)}] = weight
		}
		for i, w := range g.In(v) { // each tie is told at both of its ends
			at, _ := slices.BinarySearch(g.Out(w), v)
			if g.Out(w)[at] != v || weights != nil && math.Abs(g.InWeights(v)[i]-g.OutWeights(w)[at]) > 1e-12 {
				out[[2]graph.ID{n.ID(w), n.ID(v)}] = -1
			}
		}
	}
	return out
}

func drawRequest(r *rand.Rand) *ViewInput {
	some := func() bool { return r.IntN(3) == 0 }
	q := &ViewInput{Depth: ptr(0), Bearings: [][]graph.Bearing{nil, {graph.EveryBearing}}[r.IntN(2)]}
	if some() {
		kinds := [][]graph.EntityKind{{graph.Group, graph.Individual}, {graph.Individual, graph.Madressah}, {}}
		q.EntityKinds = kinds[r.IntN(3)]
	}
	if some() {
		kinds := [][]graph.Predicate{{"SUPPORTS", "MEMBER_OF", graph.KinOf}, {"ALLIED_WITH", "LEADS", "STUDIED_AT"}, {}}
		q.Kinds = kinds[r.IntN(3)]
	}
	if some() {
		q.Where = &live.EntityWhere{
			ID: &filter.IDFilter{ValueFilter: filter.ValueFilter[graph.ID]{In: []graph.ID{"g0", "g1", "i4", "i5", "m7"}}},
		}
	}
	if some() {
		q.Around = [][]graph.ID{{"g0"}, {"i4", "g1"}}[r.IntN(2)]
		q.Depth = ptr(r.IntN(4))
	}
	q.Direction = ptr([]live.Direction{live.Both, live.Out, live.In}[r.IntN(3)])
	q.Weight = ptr([]Weight{Unweighted, ByClaims, ByIndependentSources, ByGrade}[r.IntN(4)])
	return q
}

// TestRequestsAgainstDefinition: a request takes the entities and links that it says,
// and reads them in the direction and as strong as it says.
func TestRequestsAgainstDefinition(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(141, 142))
	nodes, links, guarded, around := 0, 0, 0, 0
	for range 600 {
		reader, q := readerOf(t, society(r)), drawRequest(r)
		asked := *q
		if q.Around == nil {
			asked.Depth = nil
		} else {
			around++
		}
		n := must(asked.Open(reader, nil, nil))
		want := partOf(n.View(), q)
		got := part{ties: read(n, must(n.Graph(nil)))}
		for _, x := range n.Excluded() {
			got.Guarded += x.Links
		}
		for v := range algo.Node(n.Len()) {
			got.Nodes = append(got.Nodes, n.ID(v))
		}
		for slot := range Slot(n.Links()) {
			got.Links = append(got.Links, n.Link(slot).ID())
		}
		slices.Sort(got.Nodes)
		slices.Sort(got.Links)
		want.barred = nil
		d := cmp.Diff(want, got, cmp.AllowUnexported(part{}), cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty())
		if d != "" {
			t.Fatalf("%+v: %s", asked, d)
		}
		nodes, links, guarded = nodes+len(got.Nodes), links+len(got.Links), guarded+got.Guarded
	}
	if nodes < 1000 || links < 1000 || guarded < 100 || around < 100 {
		t.Errorf("%d nodes, %d links, %d guarded, %d around: the test says little", nodes, links, guarded, around)
	}
}

// TestGroupsOfBrokers: who leads or belongs to a body, and a faction, is of its group
// by the best credited link, up to the top; bodies that are factions of each other are
// one.
func TestGroupsOfBrokers(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(143, 144))
	joined, rings := 0, 0
	for range 300 {
		n := must((&ViewInput{}).Open(readerOf(t, society(r)), nil, nil))
		up := map[graph.ID]graph.ID{}
		for v := range algo.Node(n.Len()) { // the first of equals is that of most links, as nodes are numbered
			best := 7
			for other := range algo.Node(n.Len()) {
				for slot := range Slot(n.Links()) {
					l := n.Link(slot)
					if l.SourceID() == n.ID(v) && l.TargetID() == n.ID(other) && l.Kind().Spec().Membership && l.Credibility() < best {
						best, up[n.ID(v)] = l.Credibility(), n.ID(other)
					}
				}
			}
		}
		groups := must(n.groups(nil, ByMembership, nil))
		of := map[graph.ID]algo.Label{}
		for v, group := range groups {
			of[n.ID(algo.Node(v))] = group
		}
		// Two are of one group when their ways up meet.
		ways := map[graph.ID]map[graph.ID]bool{}
		for id := range of {
			ways[id] = map[graph.ID]bool{}
			for at, more := id, true; more && !ways[id][at]; at, more = up[at], up[at] != "" {
				ways[id][at] = true
			}
		}
		for a := range of {
			for b := range of {
				meet := slices.ContainsFunc(slices.Collect(maps.Keys(ways[a])), func(id graph.ID) bool { return ways[b][id] })
				if meet != (of[a] == of[b]) {
					t.Fatalf("%s and %s: one group %t, their ways up meet %t: %v", a, b, of[a] == of[b], meet, up)
				}
				if meet && a != b {
					joined++
				}
			}
			if up[a] != "" && up[up[a]] == a {
				rings++
			}
		}
	}
	if joined < 100 || rings < 10 {
		t.Errorf("%d joined, %d rings: the test says little", joined, rings)
	}
}

// TestWhatTakesWeights: the measures that weights change are those that the schema says.
func TestWhatTakesWeights(t *testing.T) {
	r := rand.New(rand.NewPCG(145, 146))
	weighted := algotest.RandomWeighted(r, 20, 0.3, false)
	var edges []algo.Edge
	for v := range algo.Node(weighted.Len()) {
		for _, w := range weighted.Out(v) {
			edges = append(edges, algo.Edge{From: v, To: w, Weight: 1})
		}
	}
	plain := algo.FromEdges(weighted.Len(), edges, false, false)
	var takes []string
	for name, f := range measures {
		if name == SignedDegree {
			continue // asks a network
		}
		a, b := must(f(nil, weighted, 1, nil)), must(f(nil, plain, 1, nil))
		if !slices.Equal(a.values, b.values) {
			takes = append(takes, string(name))
		}
	}
	slices.Sort(takes)
	want := []string{"BONACICH", "BONACICH_NEGATIVE", "CONSTRAINT", "EFFECTIVE_SIZE", "EIGENVECTOR", "KATZ", "PAGERANK"}
	if d := cmp.Diff(want, takes); d != "" {
		t.Error(d)
	}
}

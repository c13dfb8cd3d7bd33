package hinge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/hinge"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// web is what sources say of five groups and an incident: who supports whom and when, who took part, and who is
// one.
func web(r *rand.Rand) graph.Batch {
	b := few(r)
	b.Claims = nil
	b.Entities = append(b.Entities,
		graph.Entity{ID: "g4", Kind: graph.Group, Names: []graph.Name{{Value: "g4"}}},
		graph.Entity{ID: "i0", Kind: graph.Incident, Names: []graph.Name{{Value: "i0"}}})
	for i := range 5 + r.IntN(7) {
		two := r.Perm(5)
		c := graph.Claim{
			Subject: b.Entities[two[0]].ID, Object: b.Entities[two[1]].ID, Source: b.Sources[r.IntN(3)].ID,
			Locator: fmt.Sprint(i), Credibility: 1 + r.IntN(3), Predicate: graph.Supports, Hedge: graph.Reported,
		}
		switch r.IntN(14) {
		case 0:
			c.Predicate = graph.SameAs
		case 1:
			c.Predicate = graph.NotSameAs
		case 2:
			founded := must(graph.ParseDate(fmt.Sprint(1999 + r.IntN(6))))
			c.Predicate, c.Object, c.Value, c.Credibility = graph.FoundedOn, "", &graph.Value{Date: founded}, 1
		case 3, 4, 5:
			c.Subject, c.Predicate, c.Object = b.Entities[r.IntN(2)].ID, graph.PartyTo, "i0"
			c.Role = []string{"SIDE_A", "SIDE_B"}[r.IntN(2)]
		case 6, 7:
			c.Subject, c.Predicate, c.Object = b.Entities[r.IntN(2)].ID, graph.Claimed, "i0"
		case 8:
			c.Polarity = graph.Denied
		}
		if c.Predicate == graph.Supports && r.IntN(2) == 0 {
			year := 2000 + r.IntN(4)
			c.ValidFrom = must(graph.ParseDate(fmt.Sprint(year)))
			c.ValidTo = must(graph.ParseDate(fmt.Sprint(year + r.IntN(2))))
		}
		b.Claims = append(b.Claims, c)
	}
	if r.IntN(3) == 0 { // one but for a single claim
		for i, kind := range []graph.Predicate{graph.SameAs, graph.NotSameAs} {
			b.Claims = append(b.Claims, graph.Claim{
				Subject: "g2", Object: "g3", Predicate: kind, Source: b.Sources[r.IntN(3)].ID, Locator: fmt.Sprint("same", i),
				Hedge: graph.Stated, Credibility: 1,
			})
		}
	}
	return b
}

// question is a question for paths, as it is asked of the whole graph.
type question struct {
	from, to   graph.ID
	concurrent bool
	network    bool
	bearings   []graph.Bearing
	avoid      []graph.ID // by the network alone
}

// ask finds a path, or none.
func (q question) ask(v *live.View, reader *live.Reader, lens *graph.Lens, most int) *live.Path {
	if !q.network {
		p, err := v.PathFor(live.PathQuery{
			From: q.from, To: q.to, MaxLength: most, Concurrent: q.concurrent, Bearings: q.bearings,
		})
		if err != nil {
			return nil
		}
		return p
	}
	n, err := (&analysis.ViewInput{Lens: lens, Bearings: q.bearings}).OpenPaths(reader, nil, nil)
	if err != nil {
		return nil
	}
	o := n.PathOptions(analysis.ByLength, 1, most)
	o.Concurrent = q.concurrent
	out, err := analysis.PathsBetween(n, analysis.PathRequest{From: q.from, To: q.to, Avoid: q.avoid, Options: o}, nil)
	if err != nil || len(out.Paths) == 0 {
		return nil
	}
	return out.Paths[0]
}

// holds is what is asked of a path, by definition.
func (q question) holds(reader *live.Reader, lens *graph.Lens, p *live.Path, of hinge.PathHinge) bool {
	v := must(reader.View(lens))
	if of == hinge.HingeStands {
		return p.StandsIn(v, q.concurrent)
	}
	from, _ := v.Entity(q.from)
	to, _ := v.Entity(q.to)
	if from.Base().ID() == to.Base().ID() {
		return true
	}
	most := 4
	if of == hinge.HingeAsShort {
		most = p.Length()
	}
	return q.ask(v, reader, lens, most) != nil
}

func TestHingeOfAPathByForce(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(3, 5))
	seen := map[string]int{}
	for range 400 {
		b, lens := web(r), &graph.Lens{}
		if r.IntN(3) == 0 {
			lens = someLens(r)
		}
		reader := readerOf(t, b)
		q := question{from: "g0", to: "g1", concurrent: r.IntN(2) == 0, network: r.IntN(2) == 0}
		if r.IntN(2) == 0 {
			q.bearings = append(slices.Clone(graph.UsualBearings), graph.BearingSpeech)
		}
		if q.network && r.IntN(2) == 0 {
			q.avoid = []graph.ID{"g2"}
		}
		v := must(reader.View(lens))
		p := q.ask(v, reader, lens, 4)
		if p == nil || len(p.Hops) == 0 {
			continue
		}
		of := []hinge.PathHinge{hinge.HingeStands, hinge.HingeJoined, hinge.HingeAsShort}[r.IntN(3)]
		for _, by := range []hinge.HingeMember{hinge.HingeClaims, hinge.HingeSources} {
			h := must(hinge.PathHinges(p, of, hinge.HingeRequest{By: by, First: 100, Tries: 20_000}, nil))
			if !h.Exact {
				t.Fatalf("%s %s: not exact after %d tries", of, by, h.Tried)
			}
			want := pathByForce(t, b, reader, *lens, func(reader *live.Reader, lens *graph.Lens) bool {
				return !q.holds(reader, lens, p, of)
			}, by)
			if want == nil && (h.Size == nil || *h.Size > 3) {
				continue
			}
			seen[fmt.Sprint(of, by, len(want[0]) > 1)]++
			byIDs := cmpopts.SortSlices(func(a, b []graph.ID) bool { return slices.Compare(a, b) < 0 })
			if d := cmp.Diff(want, setsOf(h), byIDs); d != "" {
				t.Fatalf("%s %s %+v under %+v (-force +got):\n%s\n%+v", of, by, q, lens, d, b.Claims)
			}
		}
	}
	if len(seen) < 11 {
		t.Fatalf("the cases are too much alike: %v", seen)
	}
}

// pathByForce are the least sets by asking graphs without claims, or lenses without sources.
func pathByForce(
	t *testing.T, b graph.Batch, reader *live.Reader, lens graph.Lens,
	flips func(*live.Reader, *graph.Lens) bool, by hinge.HingeMember,
) (found [][]graph.ID) {
	t.Helper()
	ids, n := func(i int) graph.ID { return b.Claims[i].Normalised().ID }, len(b.Claims)
	if by == hinge.HingeSources {
		ids, n = func(i int) graph.ID { return b.Sources[i].ID }, len(b.Sources)
	}
	for _, set := range leastByForce(n, func(set []int) bool {
		if by == hinge.HingeSources {
			without := lens
			for _, i := range set {
				without.WithoutSources = append(without.WithoutSources, ids(i))
			}
			return flips(reader, &without)
		}
		less := b
		less.Claims = nil
		for i := range b.Claims {
			if !slices.Contains(set, i) {
				less.Claims = append(less.Claims, b.Claims[i])
			}
		}
		return flips(readerOf(t, less), &lens)
	}) {
		var of []graph.ID
		for _, i := range set {
			of = append(of, ids(i))
		}
		slices.Sort(of)
		found = append(found, of)
	}
	return found
}

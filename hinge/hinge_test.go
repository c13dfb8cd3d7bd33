package hinge_test

import (
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/hinge"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func ptr[T any](v T) *T { return &v }

// readerOf is a reader of all that a batch tells.
func readerOf(t testing.TB, b graph.Batch) *live.Reader {
	t.Helper()
	f := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
	if _, err := f.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return f.Graph().Reader()
}

// few is what three sources say of four groups, most of it of two of them, and of which groups are one.
func few(r *rand.Rand) graph.Batch {
	b := graph.Batch{Actor: "test", Reason: "test"}
	for _, id := range []graph.ID{"s_a", "s_b", "s_c"} {
		letter := []graph.Reliability{"A", "B", "C"}[r.IntN(3)]
		b.Sources = append(b.Sources, graph.Source{ID: id, Kind: "REPORT", Title: string(id), Reliability: letter})
	}
	for i := range 4 {
		id := graph.ID(fmt.Sprintf("g%d", i))
		b.Entities = append(b.Entities, graph.Entity{ID: id, Kind: graph.Group, Names: []graph.Name{{Value: string(id)}}})
	}
	for i := range 4 + r.IntN(8) {
		from, to := r.IntN(2), 2+r.IntN(2)
		c := graph.Claim{
			Subject: b.Entities[from].ID, Object: b.Entities[to].ID, Source: b.Sources[r.IntN(3)].ID,
			Locator: fmt.Sprint(i), Credibility: 1 + r.IntN(3), Predicate: graph.Supports,
		}
		if r.IntN(2) == 0 {
			c.Predicate = []graph.Predicate{graph.AlliedWith, graph.AlliedWith, graph.RivalOf}[r.IntN(3)]
			c.ValidTo = must(graph.ParseDate("2004"))
		}
		switch r.IntN(9) {
		case 0:
			c.Predicate, c.Subject, c.Object = graph.SameAs, "g0", "g1"
		case 1:
			c.Predicate, c.Subject, c.Object = graph.NotSameAs, "g0", "g1"
		case 2, 3:
			c.Credibility = 1
			founded := must(graph.ParseDate(fmt.Sprint(1999 + r.IntN(5))))
			c.Predicate, c.Object, c.Value = graph.FoundedOn, "", &graph.Value{Date: founded}
		}
		c.Hedge = []graph.Hedge{graph.Stated, graph.Reported, graph.Alleged}[r.IntN(3)]
		if c.Predicate.Spec().IsLink() && c.Predicate.Spec().Bearing != graph.BearingIdentity {
			if r.IntN(3) == 0 {
				c.Polarity = graph.Denied
			}
			if r.IntN(3) == 0 || !c.ValidTo.IsZero() {
				c.ValidFrom = must(graph.ParseDate(fmt.Sprint(2000 + r.IntN(3))))
			}
		}
		b.Claims = append(b.Claims, c)
	}
	return b
}

// someLens asks for a day, for more sources, or for what is not disputed, or for none of it.
func someLens(r *rand.Rand) *graph.Lens {
	var lens graph.Lens
	switch r.IntN(6) {
	case 0, 4:
		lens.AsOf = ptr(must(graph.ParseDate("2001")).Earliest)
		if r.IntN(2) == 0 {
			lens.AsOfMode = ptr(graph.AsOfModes[r.IntN(len(graph.AsOfModes))])
		}
	case 1:
		lens.MinIndependentSources = ptr(2)
	case 2:
		lens.IncludeDisputed = ptr(false)
	case 3:
		lens.IncludeDenied = ptr(true)
	}
	return &lens
}

// answered is what a link's part says in a view, by definition.
func answered(v *live.View, id graph.ID, of hinge.LinkHinge) string {
	l, ok := v.Link(id)
	switch {
	case !ok:
		return "not shown"
	case of == hinge.HingeStatus:
		return string(l.Status())
	case of == hinge.HingeHedge:
		return string(l.Hedge())
	}
	return "shown"
}

// subsets are those of up to three of n numbers, by size and in order.
func subsets(n int) (out [4][][]int) {
	for a := range n {
		out[1] = append(out[1], []int{a})
		for b := a + 1; b < n; b++ {
			out[2] = append(out[2], []int{a, b})
			for c := b + 1; c < n; c++ {
				out[3] = append(out[3], []int{a, b, c})
			}
		}
	}
	return out
}

// leastByForce are the least sets of up to three of some members without which an answer is another.
func leastByForce(n int, flips func(set []int) bool) (found [][]int) {
	for _, sets := range subsets(n) {
		for _, set := range sets {
			if flips(set) {
				found = append(found, set)
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// claimsByForce asks graphs in which claims were never recorded.
func claimsByForce(
	t *testing.T, b graph.Batch, lens *graph.Lens, id graph.ID, of hinge.LinkHinge,
) (found [][]graph.ID) {
	t.Helper()
	whole := answered(must(readerOf(t, b).View(lens)), id, of)
	sets := leastByForce(len(b.Claims), func(set []int) bool {
		less := b
		less.Claims = nil
		for i := range b.Claims {
			if !slices.Contains(set, i) {
				less.Claims = append(less.Claims, b.Claims[i])
			}
		}
		return answered(must(readerOf(t, less).View(lens)), id, of) != whole
	})
	for _, set := range sets {
		var ids []graph.ID
		for _, i := range set {
			ids = append(ids, b.Claims[i].Normalised().ID)
		}
		slices.Sort(ids)
		found = append(found, ids)
	}
	return found
}

func sourcesByForce(
	reader *live.Reader, b graph.Batch, lens graph.Lens, id graph.ID, of hinge.LinkHinge,
) (found [][]graph.ID) {
	whole := answered(must(reader.View(&lens)), id, of)
	named := func(set []int) (ids []graph.ID) {
		for _, i := range set {
			ids = append(ids, b.Sources[i].ID)
		}
		return ids
	}
	for _, set := range leastByForce(len(b.Sources), func(set []int) bool {
		without := lens
		without.WithoutSources = named(set)
		return answered(must(reader.View(&without)), id, of) != whole
	}) {
		found = append(found, named(set))
	}
	return found
}

func setsOf(h *hinge.Hinge) (out [][]graph.ID) {
	for _, set := range h.Sets {
		var ids []graph.ID
		for _, c := range set.Claims {
			ids = append(ids, c.ID())
		}
		for _, s := range set.Sources {
			ids = append(ids, s.ID())
		}
		slices.Sort(ids)
		out = append(out, ids)
	}
	return out
}

// TestHingeOfALinkByForce: the least sets are those of graphs in which claims were never recorded, and of
// lenses that leave sources out.
func TestHingeOfALinkByForce(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(7, 11))
	sizes := map[string]int{}
	for range 300 {
		b, lens := few(r), someLens(r)
		reader := readerOf(t, b)
		links := slices.Collect(must(reader.View(lens)).Links())
		if len(links) == 0 {
			continue
		}
		l := links[r.IntN(len(links))]
		of := []hinge.LinkHinge{hinge.HingeShown, hinge.HingeStatus, hinge.HingeHedge}[r.IntN(3)]
		for _, by := range []hinge.HingeMember{hinge.HingeClaims, hinge.HingeSources} {
			h := must(hinge.LinkHinges(l, of, hinge.HingeRequest{By: by, First: 100, Tries: 20_000}, nil))
			want := sourcesByForce(reader, b, *lens, l.ID(), of)
			if by == hinge.HingeClaims {
				want = claimsByForce(t, b, lens, l.ID(), of)
			}
			if !h.Exact {
				t.Fatalf("%s %s: not exact after %d tries", of, by, h.Tried)
			}
			sizes[fmt.Sprint(by, len(slices.Concat(want...)) > 0 && len(want[0]) > 1)]++
			got := setsOf(h)
			if want == nil && (h.Size == nil || *h.Size > 3) {
				continue
			}
			byIDs := cmpopts.SortSlices(func(a, b []graph.ID) bool { return slices.Compare(a, b) < 0 })
			if d := cmp.Diff(want, got, byIDs); d != "" {
				t.Fatalf("%s %s of %s under %+v (-force +got):\n%s", of, by, l.ID(), lens, d)
			}
			for _, set := range h.Sets {
				if of == hinge.HingeShown && set.Becomes.Shown {
					t.Fatalf("it is still shown: %+v", set.Becomes)
				}
			}
		}
	}
	if len(sizes) < 4 {
		t.Fatalf("the cases are too much alike: %v", sizes)
	}
}

// TestHingeWithinABudget: what the work budget cut short is not called exact, and says why.
func TestHingeWithinABudget(t *testing.T) {
	b := few(rand.New(rand.NewPCG(1, 1)))
	l := slices.Collect(must(readerOf(t, b).View(nil)).Links())[0]
	q := hinge.HingeRequest{By: hinge.HingeClaims, First: 1, Tries: 100}
	whole := must(hinge.LinkHinges(l, hinge.HingeStatus, q, work.NewMeter(t.Context(), 1_000_000)))
	cut := must(hinge.LinkHinges(l, hinge.HingeStatus, q, work.NewMeter(t.Context(), 2500)))
	if !whole.Exact || whole.Partial != nil || cut.Exact || cut.Partial == nil || cut.Size != nil || cut.CarriesMost != nil {
		t.Fatalf("whole %+v, cut %+v", whole, cut)
	}
	for _, q := range []hinge.HingeRequest{{First: 101, Tries: 1}, {First: -1, Tries: 1}, {Tries: 0}, {Tries: 20_001}} {
		if _, err := hinge.LinkHinges(l, hinge.HingeShown, q, nil); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

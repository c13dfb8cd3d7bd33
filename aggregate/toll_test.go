package aggregate_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// world is what links say of the incidents of a view.
type world struct {
	ids  []graph.ID
	same [][2]int // pairs that may be the same
	up   [][2]int // of a part and its whole
	toll map[graph.ID]*live.Toll
}

func worldOf(v *live.View) (w world) {
	at := map[graph.ID]int{}
	w.toll = map[graph.ID]*live.Toll{}
	for e := range v.Entities(graph.Incident) {
		at[e.Base().ID()] = len(w.ids)
		w.ids, w.toll[e.Base().ID()] = append(w.ids, e.Base().ID()), e.(*live.Incident).Toll(graph.EffectKilled)
	}
	apart := map[[2]int]bool{}
	for l := range v.Links() {
		if l.AffirmedCount() == 0 {
			continue
		}
		pair := [2]int{at[l.SourceID()], at[l.TargetID()]}
		switch l.Kind() {
		case graph.NotSameAs:
			apart[pair], apart[[2]int{pair[1], pair[0]}] = true, true
		case graph.PartOf:
			if !l.Disputed() {
				w.up = append(w.up, pair)
			}
		}
	}
	for l := range v.Links() {
		if pair := [2]int{at[l.SourceID()], at[l.TargetID()]}; l.Kind() == graph.PossiblySameAs && l.AffirmedCount() > 0 && !apart[pair] {
			w.same = append(w.same, pair)
		}
	}
	return w
}

// classes are the incidents of which some pairs are the same, by a number each.
func (w *world) classes(is func(pair int) bool) []int {
	class := make([]int, len(w.ids))
	for i := range class {
		class[i] = i
	}
	for range w.ids {
		for k, p := range w.same {
			if is(k) {
				least := min(class[p[0]], class[p[1]])
				class[p[0]], class[p[1]] = least, least
			}
		}
	}
	return class
}

// above says, of each two classes, whether the first is part of the second and not the other
// way about as well.
func (w *world) above(class []int) map[[2]int]bool {
	reach := map[[2]int]bool{}
	for _, p := range w.up {
		reach[[2]int{class[p[0]], class[p[1]]}] = true
	}
	for range w.ids {
		for a := range reach {
			for b := range reach {
				if a[1] == b[0] {
					reach[[2]int{a[0], b[1]}] = true
				}
			}
		}
	}
	out := map[[2]int]bool{}
	for p := range reach {
		out[p] = !reach[[2]int{p[1], p[0]}]
	}
	return out
}

// least is what the incidents of a row come to at the least where some pairs are the same:
// each class once, with the least of its figures, unless it is part of one that has a figure.
func (w *world) least(in map[graph.ID]bool, class []int) (sum int) {
	low := map[int]int{}
	for i, id := range w.ids {
		if t := w.toll[id]; in[id] && t != nil {
			n := 0
			if t.Low != nil {
				n = *t.Low
			}
			if so, seen := low[class[i]]; seen {
				n = min(n, so)
			}
			low[class[i]] = n
		}
	}
	above := w.above(class)
next:
	for c, n := range low {
		for whole := range low {
			if above[[2]int{c, whole}] {
				continue next
			}
		}
		sum += n
	}
	return sum
}

// check compares a sum with what the incidents of a row come to in every world: that in which
// all are different gives best and high, and no world comes to less than low.
func (w *world) check(in map[graph.ID]bool, got *figures.TollSum) (exact bool, err error) {
	class := w.classes(func(int) bool { return false })
	above := w.above(class)
	want := figures.TollSum{PossiblySame: got.PossiblySame}
	best, high, added := 0, 0, 0
	worded := map[graph.Hedge]int{}
	for i, id := range w.ids {
		t := w.toll[id]
		switch {
		case !in[id]:
			continue
		case t == nil:
			want.WithoutFigure++
			continue
		}
		held := false
		for j, whole := range w.ids {
			held = held || in[whole] && w.toll[whole] != nil && above[[2]int{i, j}]
		}
		if held {
			want.WithinOthers++
			continue
		}
		added++
		worded[t.Hedge()]++
		want.Partial += map[bool]int{true: 1}[t.Partial]
		want.Circa = want.Circa || t.Circa
		best, high = plus(best, t.Best), plus(high, t.High)
	}
	if added > 0 {
		want.Best, want.High = known(best), known(high)
	}
	for _, h := range graph.Hedges {
		if worded[h] > 0 {
			want.Hedges = append(want.Hedges, figures.HedgeCount{Hedge: h, Count: worded[h]})
		}
	}
	plain := *got
	plain.Low, plain.Least, plain.Greatest, plain.Mean = nil, nil, nil, nil
	if d := cmp.Diff(want, plain); d != "" {
		return false, fmt.Errorf("(-want +got):\n%s", d)
	}
	low, least := 0, -1
	if got.Low != nil {
		low = *got.Low
	}
	for worlds := range 1 << len(w.same) {
		n := w.least(in, w.classes(func(pair int) bool { return worlds>>pair&1 == 1 }))
		if least < 0 || n < least {
			least = n
		}
	}
	if low > least || len(w.up) == 0 && low != least {
		return false, fmt.Errorf("low is %d, and incidents may come to %d", low, least)
	}
	return low == least, nil
}

// plus adds a figure; -1 is one that is not known.
func plus(sum int, n *int) int {
	if sum < 0 || n == nil {
		return -1
	}
	return sum + *n
}

func known(n int) *int {
	if n < 0 {
		return nil
	}
	return &n
}

// TestTolls: the sum of each row is what its incidents come to by definition: parts are held by
// their wholes, and no way in which some may be the same comes to less than the lower bound.
func TestTolls(t *testing.T) {
	rows, exact, within, same := 0, 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "graph"), 2))
		v := must(readerOf(t, graph.Clear, society(r)).View(lens(r)))
		w := worldOf(v)
		if len(w.same) > 8 {
			return
		}
		a, _, err := question{list: "incidents", by: groupBys(aggregate.ByActor)}.ask(v)
		if err != nil {
			rt.Fatal(err)
		}
		for _, row := range append(a.Rows, a.All) {
			in := map[graph.ID]bool{}
			for _, id := range row.IDs() {
				in[id] = true
			}
			sum := row.Toll(graph.EffectKilled)
			is, err := w.check(in, sum)
			if err != nil {
				rt.Fatalf("%v under %+v: %v", row.IDs(), v.Lens(), err)
			}
			rows, within, same = rows+1, within+sum.WithinOthers, same+sum.PossiblySame
			exact += map[bool]int{true: 1}[is]
		}
	})
	if within == 0 || same == 0 || exact < rows*9/10 {
		t.Errorf("of %d sums %d are exact; %d parts, %d perhaps the same: the test says little", rows, exact, within, same)
	}
}

// TestDates: each date lies within its range, whichever day of its span each one is.
func TestDates(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "graph"), 3))
		v := must(readerOf(t, graph.Clear, society(r)).View(lens(r)))
		a, items, err := question{list: "incidents"}.ask(v)
		if err != nil {
			rt.Fatal(err)
		}
		got := must(a.All.Dates(aggregate.DateHappened))
		first, last, sum, n := graph.OpenEnd, graph.OpenStart, 0, 0
		for _, item := range items {
			d := item.(*live.Incident).BestDate()
			if d == nil {
				continue
			}
			from, to := max(d.Earliest, -40000), min(d.Latest, 40000)
			day := from + graph.Day(r.IntN(int(to-from)+1))
			first, last, sum, n = min(first, day), max(last, day), sum+int(day), n+1
		}
		if got.Dated != n || got.Undated != len(items)-n || (got.Mean == nil) != (n == 0) {
			rt.Fatalf("%d dated, %d undated, want %d of %d", got.Dated, got.Undated, n, len(items))
		}
		if n == 0 {
			return
		}
		mean := graph.Day(sum / n)
		for of, is := range map[*aggregate.DayRange]graph.Day{got.Least: first, got.Greatest: last, got.Mean: mean} {
			if of.From != nil && is < *of.From || of.To != nil && is > *of.To {
				rt.Errorf("%v lies outside %v to %v", is, of.From, of.To)
			}
		}
	})
}

package figures_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
)

func n(i int) *int { return &i }

func f(i float64) *float64 { return &i }

// given is a claim of a credibility, of a source of reliability B.
func given(credibility uint8, low, best, high *float64) figures.Claimed {
	return figures.Claimed{
		Value: &graph.Value{Low: low, Best: best, High: high},
		Grade: graph.Evidence{Credibility: credibility, Reliability: 1},
	}
}

func TestRange(t *testing.T) {
	unjudged := given(2, f(120), nil, nil)
	unjudged.Grade.Reliability = graph.Code(graph.Reliabilities, graph.Unjudged)
	for name, c := range map[string]struct {
		claims          []figures.Claimed
		low, best, high *int
	}{
		"nothing":                                 {nil, nil, nil, nil},
		"bounds, then a figure":                   {[]figures.Claimed{given(2, f(54), nil, nil), given(2, nil, f(63), nil)}, n(54), n(63), n(63)},
		"at least alone":                          {[]figures.Claimed{given(2, f(5), nil, nil)}, n(5), nil, nil},
		"a worse figure":                          {[]figures.Claimed{given(2, nil, f(55), nil), given(3, nil, f(99), nil)}, n(55), n(55), n(99)},
		"better claims say at least more":         {[]figures.Claimed{given(2, f(120), nil, nil), given(3, nil, f(58), nil)}, n(58), nil, nil},
		"better claims say at most less":          {[]figures.Claimed{given(2, nil, nil, f(50)), given(3, nil, f(58), nil)}, n(58), nil, n(58)},
		"the one that is not ruled out":           {[]figures.Claimed{given(2, f(60), nil, nil), given(3, nil, f(58), nil), given(3, nil, f(70), nil)}, n(58), n(70), n(70)},
		"as good a claim rules nothing out":       {[]figures.Claimed{given(2, f(60), nil, nil), given(2, nil, f(55), nil)}, n(55), n(55), nil},
		"what nobody can judge rules nothing out": {[]figures.Claimed{unjudged, given(3, nil, f(58), nil)}, n(58), n(58), nil},
	} {
		got := figures.RangeOf(c.claims)
		if d := cmp.Diff([]*int{c.low, c.best, c.high}, []*int{got.Low, got.Best, got.High}); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func figure(i int) figures.Range { return figures.Range{Low: n(i), Best: n(i), High: n(i)} }

func TestTotal(t *testing.T) {
	part := func(role graph.CasualtyRole, r figures.Range) figures.Part { return figures.Part{Role: role, Range: r} }
	eight, atLeast := figure(8), figures.Range{Low: n(5)}
	three := []figures.Part{part("CIVILIAN", figure(5)), part("SECURITY_FORCE", figure(2)), part("MILITANT", figure(3))}
	ten := figure(10)
	for name, c := range map[string]struct {
		parts []figures.Part
		want  figures.Total
	}{
		"two roles": {
			[]figures.Part{part("CIVILIAN", figure(5)), part("MILITANT", figure(3))},
			figures.Total{Range: eight, OfParts: true, Partial: true, Parts: &eight},
		},
		"every role": {three, figures.Total{Range: ten, OfParts: true, Parts: &ten}},
		"as stated":  {[]figures.Part{part(graph.RoleAll, figure(8))}, figures.Total{Range: eight}},
		"as stated, of more than the roles": {
			append(three, part(graph.RoleAll, figure(12))), figures.Total{Range: figure(12), Parts: &ten},
		},
		"as stated, of less than the roles": {
			append(three, part(graph.RoleAll, figure(9))), figures.Total{Range: figure(9), Parts: &ten, Disagree: true},
		},
		"at least, with more by roles": {
			append(three, part(graph.RoleAll, atLeast)), figures.Total{Range: atLeast, Parts: &ten},
		},
		"a role without a best": {
			[]figures.Part{part("CIVILIAN", figure(5)), part("UNIDENTIFIED", atLeast)},
			figures.Total{Range: figures.Range{Low: n(10)}, OfParts: true, Partial: true, Parts: &figures.Range{Low: n(10)}},
		},
	} {
		got, ok := figures.TotalOf(c.parts)
		if d := cmp.Diff(c.want, got); d != "" || !ok {
			t.Errorf("%s: %t (-want +got):\n%s", name, ok, d)
		}
	}
	if _, ok := figures.TotalOf(nil); ok {
		t.Error("nothing has a total")
	}
}

func TestSum(t *testing.T) {
	atLeast, upTo := figures.Range{Low: n(4)}, figures.Range{High: n(9)}
	five, twelve := figure(5), figure(12)
	item := func(total *figures.Range, component int, wholes ...int) figures.Item {
		return figures.Item{Total: total, Component: component, Wholes: wholes}
	}
	worded := func(h graph.Hedge, component int, wholes ...int) figures.Item {
		return figures.Item{Total: &five, Hedge: h, Component: component, Wholes: wholes}
	}
	partial, aside := item(&five, 0), item(nil, 0, 1)
	partial.Partial, aside.Aside = true, true
	for name, c := range map[string]struct {
		items []figures.Item
		want  figures.TollSum
	}{
		"none":             {nil, figures.TollSum{}},
		"without figure":   {[]figures.Item{item(nil, 0), item(nil, 1)}, figures.TollSum{WithoutFigure: 2}},
		"two":              {[]figures.Item{item(&five, 0), item(&twelve, 1), item(nil, 2)}, figures.TollSum{Range: figure(17), WithoutFigure: 1}},
		"one lacks a role": {[]figures.Item{partial, item(&twelve, 1)}, figures.TollSum{Range: figure(17), Partial: 1}},
		"one lacks an upper end": {
			[]figures.Item{item(&five, 0), item(&atLeast, 1)}, figures.TollSum{Range: figures.Range{Low: n(9)}},
		},
		"perhaps one thing": {
			[]figures.Item{item(&twelve, 0), item(&five, 0)},
			figures.TollSum{Range: figures.Range{Low: n(5), Best: n(17), High: n(17)}, PossiblySame: 2},
		},
		"perhaps one thing, of which one has no figure": {
			[]figures.Item{item(&twelve, 0), item(nil, 0), item(&five, 2)},
			figures.TollSum{Range: figure(17), WithoutFigure: 1, PossiblySame: 2},
		},
		"perhaps one thing, of which one has no least figure": {
			[]figures.Item{item(&twelve, 0), item(&upTo, 0), item(&five, 2)},
			figures.TollSum{Range: figures.Range{Low: n(5), High: n(26)}, PossiblySame: 2},
		},
		"worded in two ways": {
			[]figures.Item{worded(graph.Stated, 0), worded(graph.ClaimedByActor, 1), worded(graph.Stated, 2), worded(graph.Reported, 3, 0)},
			figures.TollSum{
				Range: figure(15), WithinOthers: 1,
				Hedges: []figures.HedgeCount{{Hedge: graph.Stated, Count: 2}, {Hedge: graph.ClaimedByActor, Count: 1}},
			},
		},
		"part of another": {[]figures.Item{item(&five, 0, 1), item(&twelve, 1)}, figures.TollSum{Range: figure(12), WithinOthers: 1}},
		"part of one without a figure": {
			[]figures.Item{item(&five, 0, 1), item(nil, 1)}, figures.TollSum{Range: figure(5), WithoutFigure: 1},
		},
		"part of one that is not of the sum": {
			[]figures.Item{item(&five, 0, 1), {Component: 1, Aside: true}}, figures.TollSum{Range: figure(5)},
		},
		"perhaps a part of another": {
			[]figures.Item{item(&five, 0), item(&twelve, 1), aside},
			figures.TollSum{Range: figures.Range{Low: n(12), Best: n(17), High: n(17)}},
		},
		"perhaps the same as a part of another": {
			[]figures.Item{item(&five, 0), item(&twelve, 1), item(&five, 0, 1)},
			figures.TollSum{Range: figures.Range{Low: n(12), Best: n(17), High: n(17)}, WithinOthers: 1, PossiblySame: 2},
		},
		"part of one another": {
			[]figures.Item{{Total: &five, Component: 0, Circle: []int{1}}, {Total: &twelve, Component: 1, Circle: []int{0}}},
			figures.TollSum{Range: figures.Range{Low: n(5), Best: n(17), High: n(17)}},
		},
		"perhaps the same as its whole": {
			[]figures.Item{item(&five, 0, 1), item(&twelve, 0)},
			figures.TollSum{Range: figures.Range{Low: n(5), Best: n(12), High: n(12)}, WithinOthers: 1, PossiblySame: 2},
		},
		"perhaps a part of another by way of two": {
			[]figures.Item{item(&five, 0, 1), {Component: 1, Aside: true}, {Component: 1, Aside: true, Wholes: []int{3}}, item(&twelve, 3)},
			figures.TollSum{Range: figures.Range{Low: n(12), Best: n(17), High: n(17)}},
		},
		"part of one that is perhaps another with a figure": {
			[]figures.Item{item(&five, 0, 1), item(nil, 1), item(&twelve, 1)},
			figures.TollSum{
				Range: figures.Range{Low: n(12), Best: n(17), High: n(17)}, WithoutFigure: 1, PossiblySame: 2,
			},
		},
	} {
		got := figures.SumOf(c.items)
		got.Least, got.Greatest, got.Mean = nil, nil, nil
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestExtremes(t *testing.T) {
	half := func(a, b, c *float64, of int) *figures.FigureMean {
		return &figures.FigureMean{Low: a, Best: b, High: c, Of: of}
	}
	five, atLeast, upTo := figure(5), figures.Range{Low: n(4), Circa: true}, figures.Range{High: n(9)}
	for name, c := range map[string]struct {
		ranges          []figures.Range
		least, greatest figures.Range
		mean            *figures.FigureMean
	}{
		"one": {[]figures.Range{five}, five, five, half(f(5), f(5), f(5), 1)},
		"two": {[]figures.Range{five, figure(12)}, five, figure(12), half(f(8.5), f(8.5), f(8.5), 2)},
		"at least": {
			[]figures.Range{five, atLeast},
			figures.Range{Low: n(4), High: n(5), Circa: true},
			figures.Range{Low: n(5), Circa: true},
			half(f(4.5), nil, nil, 2),
		},
		"up to": {
			[]figures.Range{five, upTo}, figures.Range{High: n(5)}, figures.Range{Low: n(5), High: n(9)}, half(f(2.5), nil, f(7), 2),
		},
	} {
		var items []figures.Item
		for i := range c.ranges {
			items = append(items, figures.Item{Total: &c.ranges[i], Component: i})
		}
		got := figures.SumOf(items)
		if d := cmp.Diff([]any{&c.least, &c.greatest, c.mean}, []any{got.Least, got.Greatest, got.Mean}); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestComponents(t *testing.T) {
	want := []int{0, 1, 0, 3, 1, 0}
	for _, pairs := range [][][2]int{{{0, 2}, {2, 5}, {4, 1}}, {{5, 2}, {1, 4}, {5, 0}, {0, 2}}} {
		if d := cmp.Diff(want, figures.Components(6, pairs)); d != "" {
			t.Error(d)
		}
	}
}

// TestTotalOfAmounts: fractions are kept, what may be one counts once at the least, and what no
// number can tell is not told.
func TestTotalOfAmounts(t *testing.T) {
	item := func(component int, low, best, high *float64) figures.AmountItem {
		return figures.AmountItem{Quantity: figures.Quantity{Low: low, Best: best, High: high}, Hedge: graph.Stated, Component: component}
	}
	most := f(math.MaxFloat64)
	for name, c := range map[string]struct {
		items []figures.AmountItem
		want  figures.AmountTotal
	}{
		"two":                 {[]figures.AmountItem{item(0, f(.5), f(.5), f(1)), item(1, f(1), f(2), f(2))}, total(f(1.5), f(2.5), f(3), 0)},
		"two that may be one": {[]figures.AmountItem{item(0, f(3), f(4), f(4)), item(0, f(2), f(2), f(2))}, total(f(2), f(6), f(6), 2)},
		"at least, at most":   {[]figures.AmountItem{item(0, f(3), nil, nil), item(1, nil, nil, f(2))}, total(f(3), nil, nil, 0)},
		"at most alone":       {[]figures.AmountItem{item(0, nil, nil, f(2))}, total(nil, nil, f(2), 0)},
		"one lacks a least":   {[]figures.AmountItem{item(0, nil, nil, f(2)), item(0, f(1), f(1), f(1))}, total(nil, nil, f(3), 2)},
		"too much":            {[]figures.AmountItem{item(0, most, most, most), item(1, most, most, most)}, total(most, nil, nil, 0)},
	} {
		c.want.Hedges = []figures.HedgeCount{{Hedge: graph.Stated, Count: len(c.items)}}
		if d := cmp.Diff(c.want, figures.TotalOfAmounts(c.items)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func total(low, best, high *float64, same int) figures.AmountTotal {
	return figures.AmountTotal{Quantity: figures.Quantity{Low: low, Best: best, High: high}, PossiblySame: same}
}

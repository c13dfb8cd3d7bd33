package hinge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/analysis"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// RankHinges finds what would change who ranks first, alone or with others, as entities are one in the view. It is
// not exact where the ranking is not.
func RankHinges(r *analysis.Ranking, q HingeRequest, m *work.Meter) (*Hinge, error) {
	if err := q.check(); err != nil {
		return nil, err
	}
	view := r.View()
	firstIn := func(v *live.View) ([]graph.ID, error) {
		ids, err := r.FirstIn(v, m)
		return asKnown(view, ids), err
	}
	first, err := firstIn(view.Within(nil))
	if err != nil {
		out := &Hinge{Sets: []*HingeSet{}, Prose: "The work budget ended before anybody was ranked."}
		return out, out.ended(err)
	}
	var at []graph.ID // who ranks first in the view that was asked last
	h := hanging{
		view: view,
		outcome: func(v *live.View) (out *HingeOutcome, err error) {
			at, err = firstIn(v)
			out = &HingeOutcome{Shown: len(at) > 0, First: []live.Entity{}}
			for _, id := range at {
				if e, ok := view.Entity(id); ok {
					out.First = append(out.First, e)
				}
			}
			return out, err
		},
		flips: func(*HingeOutcome) bool { return !slices.Equal(at, first) },
		rests: func(_ *live.View, on *live.Resting) { on.Everything() },
		words: func(o *HingeOutcome) string {
			return fmt.Sprintf("%s, not %s", ranksFirst(o.First), strings.Join(texts(first), ", "))
		},
	}
	out, err := h.find(q, m)
	if err == nil && !r.Exact {
		out.Exact, out.Complete, out.CarriesMost = false, false, nil
		out.Prose += " Its values are estimates."
	}
	return out, err
}

// asKnown are entities by the ids that they have in the view of the answer: who is split or joined by what fell is
// none other for that.
func asKnown(view *live.View, ids []graph.ID) (out []graph.ID) {
	for _, id := range ids {
		if e, ok := view.Entity(id); ok {
			out = append(out, e.Base().ID())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func ranksFirst(list []live.Entity) string {
	var ids []graph.ID
	for _, e := range list {
		ids = append(ids, e.Base().ID())
	}
	switch len(ids) {
	case 0:
		return "nobody ranks first"
	case 1:
		return string(ids[0]) + " ranks first"
	}
	return strings.Join(texts(ids), ", ") + " rank first"
}

func texts(ids []graph.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

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
		outcome: func(v *live.View) (_ *HingeOutcome, err error) {
			at, err = firstIn(v)
			return &HingeOutcome{Shown: len(at) > 0, First: entitiesOf(view, at)}, err
		},
		flips: func(*HingeOutcome) bool { return !slices.Equal(at, first) },
		rests: func(_ *live.View, on *live.Resting) { on.Everything() },
		words: func(o *HingeOutcome) string {
			return fmt.Sprintf("%s, not %s", ranksFirst(o.First), strings.Join(namesOf(entitiesOf(view, first)), ", "))
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
	for _, e := range entitiesOf(view, ids) {
		out = append(out, e.Base().ID())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// entitiesOf are the entities of some ids, in their order.
func entitiesOf(v *live.View, ids []graph.ID) []live.Entity {
	out := []live.Entity{}
	for _, id := range ids {
		if e, ok := v.Entity(id); ok {
			out = append(out, e)
		}
	}
	return out
}

func ranksFirst(list []live.Entity) string {
	switch names := namesOf(list); len(names) {
	case 0:
		return "nobody ranks first"
	case 1:
		return names[0] + " ranks first"
	default:
		return strings.Join(names, ", ") + " rank first"
	}
}

func namesOf(list []live.Entity) []string {
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = e.Base().Name()
	}
	return out
}

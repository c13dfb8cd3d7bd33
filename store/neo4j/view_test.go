package neo4j

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/store/storetest"
)

// What people see in the native graph is what the server answers under the
// default lens: the two folds, written apart, agree on random logs. Judgements
// of identity are left out, for the native graph does not merge nodes; so are
// withdrawals that are recorded twice and retractions ahead of their claim.
func TestNativeGraphIsTheDefaultView(t *testing.T) {
	shown := 0
	rapid.Check(t, func(rt *rapid.T) {
		log, w, g := memory.New(), newState(graph.Green), live.NewGraph(graph.Green)
		sight, last := graph.NewSight(graph.Green), graph.Sequence(0)
		if _, err := log.Apply(rt.Context(), people()); err != nil {
			rt.Fatal(err)
		}
		h, withdrawn := &storetest.History{}, map[graph.ID]bool{}
		for range rapid.IntRange(4, 12).Draw(rt, "batches") {
			b := h.Batch(rt)
			b.Claims = compared(b.Claims, withdrawn)
			if _, err := log.Apply(rt.Context(), b); err != nil {
				continue // it speaks of a claim that was left out
			}
			h.Took(b)
			for c, err := range log.Changes(rt.Context(), last) {
				if err != nil {
					rt.Fatal(err)
				}
				last = c.Sequence
				w.apply(&c)
				if seen, ok := sight.See(c); ok {
					err = g.Add(seen)
				}
				if err != nil {
					rt.Fatal(err)
				}
			}
			native := nativeLines(w)
			if d := cmp.Diff(viewLines(rt, g), native); d != "" {
				rt.Fatalf("after %+v (-view +native):\n%s", b, d)
			}
			shown += len(native)
		}
	})
	if shown == 0 {
		t.Error("there was never a link")
	}
}

// compared leaves out the claims that the two are not compared on.
func compared(claims []graph.Claim, withdrawn map[graph.ID]bool) (out []graph.Claim) {
	for i, c := range claims {
		id := c.Normalised().ID
		ahead := slices.ContainsFunc(claims[i+1:], func(d graph.Claim) bool { return d.Normalised().ID == c.Subject })
		if c.Predicate == graph.SameAs || c.Predicate == graph.Retracts && ahead || withdrawn[id] {
			continue
		}
		withdrawn[id] = c.Predicate == graph.Withdraws
		out = append(out, c)
	}
	return out
}

func nativeLines(w *state) (out []string) {
	w.settle()
	ids := slices.Collect(maps.Keys(w.links))
	for id := range w.moved {
		if len(w.links[id]) == 0 {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		if l, ok := w.relationship(id); ok {
			out = append(out, fmt.Sprintln(l.kind, ownID(l.source), ownID(l.target), l.status, l.credibility, l.hedge, l.reliability,
				l.claims, l.from, l.to, l.disputed, l.contested, strings.Split(l.held, textEnd), l.interrupted, l.outsideLife, l.bearing))
		}
	}
	slices.Sort(out)
	return out
}

// ownID is the id of an entity without the kind that tells it from another. That is not
// there for a reader who sees one of them alone.
func ownID(id graph.ID) string {
	own, _, _ := strings.Cut(string(id), "~")
	return own
}

func viewLines(t rapid.TB, g *live.Graph) (out []string) {
	v, err := g.Reader().View(nil)
	if err != nil {
		t.Fatal(err)
	}
	for l := range v.Links() {
		from, to := graph.OpenStart, graph.OpenEnd
		if d := l.ValidFrom(); d != nil {
			from = d.Earliest
		}
		if d := l.ValidTo(); d != nil {
			to = d.Latest
		}
		held := []string{}
		for _, i := range l.Held() {
			held = append(held, written(i.From())+":"+written(i.To()))
		}
		out = append(out, fmt.Sprintln(l.Kind(), ownID(l.SourceID()), ownID(l.TargetID()), l.Status(), l.Credibility(), l.Hedge(), l.Reliability(),
			l.AffirmedCount()+l.DeniedCount(), from, to, l.Disputed(), l.Contested(), append(held, ""), l.Interrupted(), l.OutsideLife(), l.Bearing()))
	}
	slices.Sort(out)
	return out
}

func written(d *graph.PartialDate) string {
	if d == nil {
		return ""
	}
	return d.EDTF
}

package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// base is a feed that holds sources s_a and s_b, s_red that is RED, and some
// entities.
func base() *feed {
	f := newFeed()
	f.apply(graph.Batch{
		ID:      "base",
		Sources: []graph.Source{source("a"), source("b"), source("red", func(s *graph.Source) { s.Marking = graph.Red })},
		Entities: []graph.Entity{
			entity(graph.Group, "g"), entity(graph.Group, "h"), entity(graph.Group, "k"), entity(graph.Individual, "i"), entity(graph.Individual, "j"),
			entity(graph.Incident, "bombing"), entity(graph.Organisation, "police"), entity(graph.Organisation, "cid"), entity(graph.Place, "quetta"),
		},
	})
	return f
}

// add adds claims in a commit of their own and returns the first.
func (f *feed) add(claims ...graph.Claim) graph.Claim {
	f.apply(graph.Batch{Claims: claims, Reassert: true})
	return claims[0]
}

func (f *feed) view(t tb, clearance graph.Marking, lens *graph.Lens) *live.View {
	t.Helper()
	return open(t, graphOf(f.changes), clearance, lens)
}

func names(t tb, v *live.View, id graph.ID) []dumpName {
	t.Helper()
	e, ok := v.Entity(id)
	if !ok {
		t.Fatalf("there is no %s", id)
	}
	return entityOf(t, e).Names
}

// TestSpellingOfHiddenSource: a spelling that was met in a hidden source too takes
// nothing from what a reader saw before.
func TestSpellingOfHiddenSource(t *testing.T) {
	f := newFeed()
	f.apply(graph.Batch{
		Sources: []graph.Source{source("a"), source("red", func(s *graph.Source) { s.Marking = graph.Red })},
		Entities: []graph.Entity{entity(graph.Group, "g", func(e *graph.Entity) {
			e.Names = []graph.Name{{Value: "First", Primary: true}, {Value: "Second", Source: "s_a"}}
		})},
	})
	f.apply(graph.Batch{Entities: []graph.Entity{entity(graph.Group, "g", func(e *graph.Entity) {
		e.Names = []graph.Name{{Value: "Second", Source: "s_red", Primary: true}, {Value: "Third", Source: "s_red"}}
	})}})
	same(t, "to those who see the source", []dumpName{{Value: "First"}, {Value: "Second", Primary: true, Source: "s_red"}, {Value: "Third", Source: "s_red"}}, names(t, f.view(t, graph.Red, nil), "g"))
	same(t, "to all others", []dumpName{{Value: "First", Primary: true}, {Value: "Second", Source: "s_a"}}, names(t, f.view(t, graph.Clear, nil), "g"))
}

package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestBeforeTheFirstCommit: the graph as of nothing is empty, and so is one that
// holds nothing.
func TestBeforeTheFirstCommit(t *testing.T) {
	f := rich()
	ids := claimsOf(f.changes)
	early := begin.Add(-1)
	empty := text(dumpView(t, open(t, live.NewGraph(graph.Red), nil), ids))
	for name, lens := range map[string]*graph.Lens{
		"sequence 0": known(0), "an early time": {KnownAt: &early},
		"both": {KnownAt: &early, KnownAtSequence: ptr(graph.Sequence(2))},
	} {
		v := f.view(t, graph.Red, lens)
		same(t, name, empty, text(dumpView(t, v, ids)))
		if v.Revision().RecordedAt() != nil || !v.Recorded().IsZero() || v.Sequence() != 0 {
			t.Errorf("%s: it was recorded at %v", name, v.Recorded())
		}
		if _, err := v.Neighbourhood(live.Neighbourhood{Of: []graph.ID{"ttp"}, MaxNodes: 1}); err == nil {
			t.Errorf("%s: there is a neighbourhood", name)
		}
	}
	if _, err := live.NewGraph(graph.Red).Reader().View(known(0)); err != nil {
		t.Errorf("the empty graph as of nothing: %v", err)
	}
	if _, err := graphOf(f.changes).Reader().View(known(f.head() + 1)); err == nil {
		t.Error("the graph as of a commit to come is given")
	}
}

// TestReaderOpensALensOnce: the same lens gives the same view.
func TestReaderOpensALensOnce(t *testing.T) {
	r := graphFor(rich().changes, graph.Amber).Reader()
	v := must(r.View(nil))
	if must(r.View(&graph.Lens{})) != v || must(v.With(nil)) != v || must(v.With(&graph.Lens{})) != v ||
		r.Opened() != 1 {
		t.Errorf("the default lens was opened %d times", r.Opened())
	}
	all, none := must(r.View(&graph.Lens{Hedges: nil})), must(r.View(&graph.Lens{Hedges: []graph.Hedge{}}))
	if all != v || none == v || r.Opened() != 2 {
		t.Error("all hedges and none are mixed up")
	}
	if _, err := r.View(&graph.Lens{MinCredibility: ptr(9)}); err == nil {
		t.Error("a bad lens is opened")
	}
	if r.Clearance() != graph.Amber || r.Sequence() != 4 {
		t.Errorf("the reader is %s at %d", r.Clearance(), r.Sequence())
	}
}

// TestThrough: the same thing under another lens.
func TestThrough(t *testing.T) {
	v := rich().view(t, graph.Red, nil)
	e, _ := v.Entity("ttp")
	early := known(1)
	x := must(e.Base().Through(early, nil))
	if x.View().Sequence() != 1 || len(must(x.Attributes(nil, nil))) != 0 ||
		len(must(e.Base().Attributes(nil, early))) != 0 || must(e.Base().Through(nil, nil)) != e.Base() {
		t.Error("the entity is not seen as of the first commit")
	}
	if must(e.Base().Through(known(0), nil)) != nil || len(must(e.Base().Attributes(nil, known(0)))) != 0 {
		t.Error("the entity is there before it came")
	}
	l, _ := v.Link(richLinks()[0].Key().ID())
	if must(l.Through(early, nil)) != nil || must(l.Through(known(2), nil)).DatesDisagree() || must(l.Through(nil, nil)) != l {
		t.Error("the link is not seen as of the commits")
	}
	s, _ := v.Source("s_d")
	if !s.Withdrawn() || must(s.Through(early, nil)).Withdrawn() || must(s.Through(known(0), nil)) != nil {
		t.Error("the source is not seen as of the commits")
	}
	if _, err := l.Through(known(99), nil); err == nil {
		t.Error("a commit to come is opened")
	}
}

func TestContext(t *testing.T) {
	r := live.NewGraph(graph.Clear).Reader()
	if live.FromContext(live.NewContext(t.Context(), r)) != r {
		t.Error("the reader is lost")
	}
	if n := live.NoLinks(); n.TotalCount() != 0 || len(n.Nodes()) != 0 || n.PageInfo.HasNextPage {
		t.Error("no links are some")
	}
	if n := live.NoClaims(); n.TotalCount() != 0 || len(n.Nodes()) != 0 || n.PageInfo.HasNextPage {
		t.Error("no claims are some")
	}
}

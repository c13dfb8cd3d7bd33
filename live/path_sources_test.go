package live_test

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// TestCriticalSources: a path rests on the sources that alone tell one of its hops, be it
// that others refer to them.
func TestCriticalSources(t *testing.T) {
	f := base()
	f.add(link("g", "SUPPORTS", "h"), link("g", "SUPPORTS", "h", from("b")), link("h", "SUPPORTS", "k", from("b")))
	carried := func() (out []graph.ID) {
		p, err := f.view(t, graph.Red, nil).ShortestPath(live.PathQuery{From: "g", To: "k"})
		if err != nil || p == nil {
			t.Fatal(p, err)
		}
		for _, s := range must(p.CriticalSources()) {
			out = append(out, s.ID())
		}
		return out
	}
	same(t, "what carries it", []graph.ID{"s_b"}, carried())
	f.add(link("h", "SUPPORTS", "k", from("a")))
	same(t, "what carries it when all is told twice", nil, carried())
}

package live_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// ways are the links that a path may take, and where it may run through.
type ways struct {
	links  []dumpLink
	passes func(graph.ID) bool
}

func (s seen) ways(q live.PathQuery) ways {
	w := ways{passes: func(id graph.ID) bool {
		k := s.oracle.entities[id].Kind
		return q.IncludeNonImplicative || k != graph.Place && k != graph.Designation
	}}
	for _, l := range s.links() {
		if (q.Kinds == nil || slices.Contains(q.Kinds, l.Kind)) && (q.IncludeNonImplicative || l.Implicative) {
			w.links = append(w.links, l)
		}
	}
	return w
}

// path is the shortest path that is best credited step by step, by its links.
func (w ways) path(from, to graph.ID, most int) ([]graph.ID, bool) {
	left := distances(w.links, []graph.ID{to}, func(_ dumpLink, id graph.ID) bool { return id == to || w.passes(id) })
	n, ok := left[from]
	if !ok || n > most {
		return nil, false
	}
	var out []graph.ID
	for at := from; at != to; {
		var best *dumpLink
		next := graph.ID("")
		for i := range w.links {
			l := &w.links[i]
			other := l.Target
			if other == at {
				other = l.Source
			}
			d, on := left[other]
			if l.Source != at && l.Target != at || !on || d != left[at]-1 || other != to && !w.passes(other) {
				continue
			}
			if best == nil || l.Credibility < best.Credibility { // links are in the order of recording
				best, next = l, other
			}
		}
		out = append(out, best.ID)
		at = next
	}
	return out, true
}

func TestShortestPath(t *testing.T) {
	raced.Alone(t)
	worlds := drawOlder(dense)
	found := map[int]int{}
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeen(t, worlds)
		asked := []live.PathQuery{{IncludeNonImplicative: true}, {
			Kinds: drawKinds(t), MaxLength: rapid.SampledFrom([]int{0, 0, 0, 1, 2, 12}).Draw(t, "most"),
			IncludeNonImplicative: rapid.Bool().Draw(t, "all"),
		}}
		for _, q := range asked {
			for _, q.From = range s.entities {
				for _, q.To = range s.entities {
					if length, ok := checkPath(t, s, q); ok {
						found[length]++
					}
				}
			}
		}
	})
	if found[0] == 0 || found[1] == 0 || found[2] == 0 || found[3] == 0 {
		t.Errorf("paths of these lengths were looked at: %v", found)
	}
}

// checkPath compares the shortest path with that of the oracle; it gives its length, if there is one.
func checkPath(t tb, s seen, q live.PathQuery) (int, bool) {
	t.Helper()
	p, err := s.view.ShortestPath(q)
	if err != nil {
		t.Fatal(err)
	}
	most := q.MaxLength
	if most == 0 {
		most = live.MaxPath
	}
	want, ok := s.ways(q).path(s.of(q.From), s.of(q.To), most)
	switch {
	case !ok && p != nil:
		t.Fatalf("there is a path from %s to %s: %+v", q.From, q.To, wayOf(p))
	case !ok:
		return 0, false
	case p == nil:
		t.Fatalf("there is no path from %s to %s, want %q", q.From, q.To, want)
	}
	same(t, "the path", want, wayOf(p).Links)
	checkHops(t, p, s.of(q.From), s.of(q.To))
	return p.Length(), true
}

// checkHops follows a path from end to end.
func checkHops(t tb, p *live.Path, from, to graph.ID) {
	t.Helper()
	weakest := 1
	for _, h := range p.Hops {
		a, b := h.From.Base().ID(), h.To.Base().ID()
		if a != from || h.Link.Other().Base().ID() != b {
			t.Fatalf("the path goes on from %s, not from %s, to %s", a, from, h.Link.Other().Base().ID())
		}
		if forward := h.Link.SourceID() == a; forward != h.Forward || forward && h.Link.TargetID() != b ||
			!forward && h.Link.SourceID() != b {
			t.Fatalf("the hop from %s to %s, forward: %t, is by a link from %s to %s", a, b, h.Forward,
				h.Link.SourceID(), h.Link.TargetID())
		}
		weakest = max(weakest, h.Link.Credibility())
		from = b
	}
	if from != to || p.WeakestCredibility() != weakest {
		t.Fatalf("the path ends at %s, not at %s; its weakest hop is %d, want %d", from, to, p.WeakestCredibility(),
			weakest)
	}
}

// TestCriticalSources: a path rests on the sources that alone affirm one of its links, be it
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
	same(t, "what carries it when all is affirmed twice", nil, carried())
}

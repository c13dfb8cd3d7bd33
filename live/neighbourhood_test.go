package live_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// seen is a random world as a reader sees it under a random lens, and its oracle.
type seen struct {
	*oracle
	view     *live.View
	entities []graph.ID // those that are there
}

// drawSeen draws one; it skips when the lens names a source that is not there.
func drawSeen(t *rapid.T, worlds *rapid.Generator[world]) seen {
	w := worlds.Draw(t, "world")
	lens := drawLens(t, w)
	clearance := rapid.SampledFrom(graph.Markings).Draw(t, "clearance")
	lens = w.asSeen(lens, clearance)
	o := newOracle(w.changes, clearance, lens)
	if o.missing() {
		t.Skip("a source that is not there is named")
	}
	s := seen{oracle: o, view: open(t, graphFor(w.changes, clearance), &lens)}
	for id := range o.entities {
		s.entities = append(s.entities, id)
	}
	slices.Sort(s.entities)
	if len(s.entities) == 0 {
		t.Skip("there is nothing")
	}
	return s
}

func drawKinds(t *rapid.T) []graph.Predicate {
	if rapid.Bool().Draw(t, "all kinds") {
		return nil
	}
	return rapid.SliceOfN(rapid.SampledFrom([]graph.Predicate{
		"MEMBER_OF", "LEADS", graph.KinOf, graph.AlliedWith, graph.RivalOf, graph.AttributedTo, "OCCURRED_AT",
	}), 0, 5).Draw(t, "kinds")
}

// stroll is a walk of the oracle.
type stroll struct {
	*oracle
	q      live.Neighbourhood
	groups []*group
	order  []graph.ID
	asked  []*group
	cut    *live.Truncation
}

func (s *stroll) reach(id graph.ID, depth int) {
	switch {
	case s.cut != nil || slices.Contains(s.order, id):
	case len(s.order) == s.q.MaxNodes:
		s.cut = &live.Truncation{Reason: "MAX_NODES", Limit: s.q.MaxNodes, Depth: depth}
	default:
		s.order = append(s.order, id)
	}
}

// visible notes that a link was looked at, and reports whether the lens shows it.
func (s *stroll) visible(g *group) bool {
	if !slices.Contains(s.asked, g) {
		s.asked = append(s.asked, g)
	}
	l, ok := s.link(g, s.groups)
	return ok && s.hiddenBy(l) == ""
}

func (s *stroll) wants(g *group) bool {
	return s.q.Kinds == nil || slices.Contains(s.q.Kinds, g.key.Kind)
}

func (s *stroll) walk() about {
	for _, id := range s.q.Of {
		s.reach(s.of(id), 0)
	}
	done := 0
	for depth := 0; depth < s.q.Depth && s.cut == nil; depth++ {
		front := s.order[done:]
		done = len(s.order)
		for _, id := range front {
			for _, g := range s.groups {
				k := g.key
				l := dumpLink{Kind: k.Kind, Source: k.Source, Target: k.Target}
				if s.cut != nil || k.Source != id && k.Target != id || !s.wants(g) || !takes(s.q.Direction, l, id) ||
					!s.visible(g) {
					continue
				}
				if k.Source == id {
					s.reach(k.Target, depth)
				} else {
					s.reach(k.Source, depth)
				}
			}
		}
	}
	a := about{Nodes: s.order, Truncated: s.cut}
	for _, g := range s.groups {
		if s.q.Depth > 0 && s.wants(g) && slices.Contains(s.order, g.key.Source) &&
			slices.Contains(s.order, g.key.Target) && s.visible(g) {
			a.Links = append(a.Links, g.key.ID())
		}
	}
	a.Excluded = s.left()
	return a
}

// left counts what was left out of the links that were looked at.
func (s *stroll) left() []graph.Exclusion {
	claims, links := map[graph.ExclusionReason]int{}, map[graph.ExclusionReason]int{}
	for _, g := range s.asked {
		for _, row := range g.all {
			if s.isCurrent(row) {
				claims[s.refuses(row)]++
			}
		}
		for _, c := range s.rest {
			begun := slices.ContainsFunc(g.all, func(row int) bool { return s.rows[row].Key() == c.Key() })
			if k, ok := s.key(c); ok && k == g.key && begun { // under names that had been recorded by then
				claims[graph.NotYetRecorded]++
			}
		}
		if l, ok := s.link(g, s.groups); ok {
			links[s.hiddenBy(l)]++
		}
	}
	var out []graph.Exclusion
	for _, r := range graph.ExclusionReasons {
		if claims[r]+links[r] > 0 {
			out = append(out, graph.Exclusion{Reason: r, Claims: claims[r], Links: links[r]})
		}
	}
	return out
}

// TestNeighbourhood compares walks with those of the oracle: nodes in the order in
// which they are reached, links, what is left out, and where a walk is cut short.
func TestNeighbourhood(t *testing.T) {
	raced.Alone(t)
	worlds := drawOlder(dense)
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeen(t, worlds)
		for range 5 {
			q := live.Neighbourhood{
				Of:    rapid.SliceOfN(rapid.SampledFrom(s.entities), 0, 3).Draw(t, "of"),
				Depth: rapid.IntRange(0, 3).Draw(t, "depth"), Kinds: drawKinds(t),
				Direction: rapid.SampledFrom([]live.Direction{live.Both, live.Out, live.In}).Draw(t, "direction"),
				MaxNodes:  rapid.SampledFrom([]int{50, 50, 4, 1}).Draw(t, "most"),
			}
			n, err := s.view.Neighbourhood(q)
			if err != nil {
				t.Fatal(err)
			}
			x := stroll{oracle: s.oracle, q: q, groups: s.groups(true)}
			same(t, "the walk", x.walk(), aboutOf(n))
			s.checkDistances(t, q, n)
		}
	})
}

// checkDistances looks at a whole walk in another way: by distance alone.
func (s seen) checkDistances(t tb, q live.Neighbourhood, n *live.Subgraph) {
	t.Helper()
	if n.Truncated != nil {
		return
	}
	links := slices.DeleteFunc(s.links(), func(l dumpLink) bool {
		return q.Kinds != nil && !slices.Contains(q.Kinds, l.Kind)
	})
	var from []graph.ID
	for _, id := range q.Of {
		from = append(from, s.of(id))
	}
	var want, got []graph.ID
	for id, d := range distances(links, from, func(l dumpLink, id graph.ID) bool { return takes(q.Direction, l, id) }) {
		if d <= q.Depth {
			want = append(want, id)
		}
	}
	for _, e := range n.Nodes {
		got = append(got, e.Base().ID())
	}
	slices.Sort(want)
	slices.Sort(got)
	same(t, "the nodes", want, got)
}

// TestWalksRefuse: what is out of bounds, and what is not there or hidden.
func TestWalksRefuse(t *testing.T) {
	f := base()
	f.apply(graph.Batch{Entities: []graph.Entity{entity(graph.Group, "secret", func(e *graph.Entity) {
		e.Marking = graph.Red
	})}})
	v := f.view(t, graph.Clear, nil)
	for _, q := range []live.Neighbourhood{
		{Depth: -1, MaxNodes: 1}, {Depth: live.MaxDepth + 1, MaxNodes: 1}, {MaxNodes: 0}, {MaxNodes: live.MaxNodes + 1},
	} {
		if _, err := v.Neighbourhood(q); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%+v is taken: %v", q, err)
		}
	}
	for _, n := range []int{-1, live.MaxPath + 1} {
		_, err := v.ShortestPath(live.PathQuery{From: "g", To: "h", MaxLength: n})
		if !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("a path of %d is taken: %v", n, err)
		}
	}
	var messages []string
	for _, id := range []graph.ID{"secret", "nobody", ""} {
		_, err := v.Neighbourhood(live.Neighbourhood{Of: []graph.ID{"g", id}, MaxNodes: 1})
		_, from := v.ShortestPath(live.PathQuery{From: id, To: "g"})
		_, to := v.ShortestPath(live.PathQuery{From: "g", To: id})
		for _, err := range []error{err, from, to} {
			if !errors.Is(err, graph.ErrNotFound) {
				t.Errorf("%q is there: %v", id, err)
			}
			messages = append(messages, err.Error())
		}
	}
	for i, m := range messages[:3] {
		if n := messages[i+3]; len(m) != len(n) { // "secret" and "nobody" are of one length
			t.Errorf("what is hidden is answered in other words: %q and %q", m, n)
		}
	}
}

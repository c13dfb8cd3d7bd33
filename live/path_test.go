package live_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/tests/raced"
)

// ways are the links that a path may take, where it may pass through, whether it may
// pass through an incident by some links, and the times at which each link may have held, where
// all must have held together.
type ways struct {
	links  []dumpLink
	passes func(graph.ID) bool
	joins  func(incident graph.ID, in, out *dumpLink) bool
	times  map[graph.ID][]graph.Span
}

// timesOf are the times at which a link may have held in a path: by definition, from the
// intervals that it tells.
func timesOf(l *dumpLink) (out []graph.Span) {
	always := graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}
	if l.Undated || l.Bearing == graph.BearingKinship || l.Bearing == graph.BearingIdentity {
		return []graph.Span{always}
	}
	first := graph.OpenEnd
	for _, i := range l.Held {
		s := always
		if i.From != "" {
			s.Earliest = must(graph.ParseDate(i.From)).Earliest
		}
		if i.To != "" {
			s.Latest = must(graph.ParseDate(i.To)).Latest
		}
		out, first = append(out, s), min(first, s.Earliest)
	}
	switch l.Bearing {
	case graph.BearingLineage, graph.BearingResponsibility, graph.BearingAttribution, graph.BearingSpeech, graph.BearingHarm:
		return []graph.Span{{Earliest: first, Latest: graph.OpenEnd}}
	}
	return out
}

// inCommon are the times that two lists of times have in common.
func inCommon(a, b []graph.Span) []graph.Span {
	out := []graph.Span{}
	for _, x := range a {
		for _, y := range b {
			if s := (graph.Span{Earliest: max(x.Earliest, y.Earliest), Latest: min(x.Latest, y.Latest)}); s.Earliest <= s.Latest {
				out = append(out, s)
			}
		}
	}
	return out
}

func (s seen) ways(q live.PathQuery) ways {
	kindOf := func(id graph.ID) graph.EntityKind { return s.oracle.entities[id].Kind }
	w := ways{times: map[graph.ID][]graph.Span{}, passes: func(id graph.ID) bool {
		k := kindOf(id)
		return k != graph.Place && k != graph.Designation || slices.Contains(q.Through, k)
	}}
	outsider := func(l *dumpLink, incident graph.ID) bool {
		other := l.Source
		if other == incident {
			other = l.Target
		}
		k := kindOf(other)
		return k != graph.Group && k != graph.Organisation && k != graph.Madressah
	}
	camps := func(l *dumpLink, incident graph.ID) (out []string) {
		other := l.Source
		if other == incident {
			other = l.Target
		}
		for _, p := range s.links() {
			if p.Kind == graph.PartyTo && p.Source == other && p.Target == incident && p.Status != graph.StatusDenied {
				out = append(out, p.Role)
			}
		}
		return slices.DeleteFunc(out, func(role string) bool { return role == "MEDIATOR" || role == "SIGNATORY" })
	}
	w.joins = func(id graph.ID, in, out *dumpLink) bool {
		if in == nil || kindOf(id) != graph.Incident || slices.Contains(q.Through, graph.Incident) {
			return true
		}
		a, b := camps(in, id), camps(out, id)
		if len(a) > 0 && len(b) > 0 {
			return slices.ContainsFunc(a, func(role string) bool { return slices.Contains(b, role) })
		}
		return outsider(in, id) || outsider(out, id) || in.Kind == graph.Claimed && out.Kind == graph.Claimed
	}
	bearings := q.Bearings
	if bearings == nil {
		bearings = []graph.Bearing{"AFFILIATION", "LINEAGE", "COOPERATION", "RESPONSIBILITY"}
	}
	for _, l := range s.links() {
		if len(timesOf(&l)) == 0 {
			continue // it held on no day
		}
		if (q.Kinds == nil || slices.Contains(q.Kinds, l.Kind)) &&
			(slices.Contains(bearings, l.Bearing) || slices.Contains(bearings, "ALL")) {
			w.links = append(w.links, l)
			if q.Concurrent {
				w.times[l.ID] = timesOf(&l)
			}
		}
	}
	return w
}

// path is the shortest path that is best credited step by step, by its links.
func (w ways) path(from, to graph.ID, most int) ([]graph.ID, bool) {
	if from == to {
		return nil, true
	}
	left := distances(w.links, []graph.ID{to}, func(_ dumpLink, id graph.ID) bool { return id == to || w.passes(id) })
	n, ok := left[from]
	for ; ok && n <= most; n++ {
		always := []graph.Span{{Earliest: graph.OpenStart, Latest: graph.OpenEnd}}
		if out := w.along(left, []graph.ID{from}, nil, always, to, n); out != nil {
			return out, true
		}
	}
	return nil, false
}

// along is the best way on, of so many links, from the last of those walked, which was
// reached by a link, where those walked held together at some times.
func (w ways) along(
	left map[graph.ID]int, walked []graph.ID, by *dumpLink, times []graph.Span, to graph.ID, n int,
) []graph.ID {
	at := walked[len(walked)-1]
	for _, credibility := range []int{1, 2, 3, 4, 5, 6} {
		for i := range w.links { // in the order of recording
			l := &w.links[i]
			other := l.Target
			if other == at {
				other = l.Source
			}
			d, on := left[other]
			if l.Credibility != credibility || l.Source != at && l.Target != at || !on || d > n-1 || slices.Contains(walked, other) ||
				(other == to) != (n == 1) || other != to && !w.passes(other) || !w.joins(at, by, l) {
				continue
			}
			both := times
			if own, concurrent := w.times[l.ID]; concurrent {
				if both = inCommon(times, own); len(both) == 0 {
					continue
				}
			}
			if n == 1 {
				return []graph.ID{l.ID}
			}
			if rest := w.along(left, append(slices.Clone(walked), other), l, both, to, n-1); rest != nil {
				return append([]graph.ID{l.ID}, rest...)
			}
		}
	}
	return nil
}

func TestShortestPath(t *testing.T) {
	raced.Alone(t)
	worlds := drawOlder(dense)
	found := map[int]int{}
	rapid.Check(t, func(t *rapid.T) {
		s := drawSeen(t, worlds)
		asked := []live.PathQuery{{Bearings: []graph.Bearing{graph.EveryBearing}, Concurrent: rapid.Bool().Draw(t, "all together")}, {
			Concurrent: rapid.Bool().Draw(t, "together"),

			Kinds: drawKinds(t), MaxLength: rapid.SampledFrom([]int{0, 0, 0, 1, 2, 12}).Draw(t, "most"),
			Bearings: drawBearings(t), Through: rapid.SampledFrom([][]graph.EntityKind{
				nil, {graph.Place, graph.Designation}, {graph.Incident}, {graph.Place, graph.Incident},
			}).Draw(t, "through"),
		}}
		for _, q := range asked {
			for _, q.From = range s.entities {
				for _, q.To = range s.entities {
					if length, _, ok := checkPath(t, s, q); ok {
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

// TestPathsHoldTogether: among few entities of which much is said for some years each, the
// shortest path is the first of all that hold together, at each clearance and under lenses.
func TestPathsHoldTogether(t *testing.T) {
	raced.Alone(t)
	r := rand.New(rand.NewPCG(91, 92))
	told, apart := map[int]int{}, 0
	for range 25 {
		f := base()
		year := func(from int) string { return fmt.Sprint(from + r.IntN(2010-from)) }
		for range 8 + r.IntN(16) {
			pair := [][2]string{
				{"g", "h"}, {"h", "k"}, {"g", "k"}, {"i", "g"}, {"j", "h"}, {"i", "k"}, {"i", "j"}, {"g", "bombing"}, {"h", "bombing"}, {"i", "bombing"},
			}[r.IntN(10)]
			kinds := map[string][]graph.Predicate{
				"gg": {"ALLIED_WITH", "FACTION_OF", graph.SplinteredFrom}, "ig": {"LEADS", "MEMBER_OF"}, "ii": {graph.KinOf, "ASSOCIATE_OF"},
				"gb": {"CLAIMED", "CONDEMNED", graph.PartyTo}, "ib": {graph.ParticipatedIn, graph.PartyTo},
			}[strings.NewReplacer("h", "g", "k", "g", "j", "i").Replace(pair[0])+strings.NewReplacer("bombing", "b", "h", "g", "k", "g", "j", "i").Replace(pair[1])]
			c := link(pair[0], kinds[r.IntN(len(kinds))], pair[1], func(c *graph.Claim) {
				c.Credibility, c.Locator = 1+r.IntN(6), fmt.Sprint(r.Int())
				switch c.Predicate {
				case graph.ParticipatedIn:
					c.Role = "Gunman"
				case graph.PartyTo:
					c.Role = []string{"ATTACKER", "DEFENDER", "SIDE_A", "SIDE_B", "SIDE_A", "SIGNATORY"}[r.IntN(6)]
				}
				if r.IntN(5) == 0 {
					c.Marking = graph.Red
				}
			}, func(c *graph.Claim) {
				if start := 2000 + r.IntN(10); r.IntN(4) > 0 {
					c.ValidFrom = must(graph.ParseDate(fmt.Sprint(start)))
					if r.IntN(3) > 0 {
						c.ValidTo = must(graph.ParseDate(year(start)))
					}
				}
			})
			f.add(c)
		}
		f.add(attribute("i", graph.Death, graph.Value{Date: must(graph.ParseDate(year(2002)))}))
		lens := graph.Lens{}
		if r.IntN(3) == 0 {
			lens.MinCredibility = ptr(4)
		}
		for _, clearance := range []graph.Marking{graph.Clear, graph.Red} {
			s := seen{oracle: newOracle(f.changes, clearance, lens), view: f.view(t, clearance, &lens)}
			q := live.PathQuery{Concurrent: true, Bearings: [][]graph.Bearing{nil, {graph.EveryBearing}}[r.IntN(2)], MaxLength: 1 + r.IntN(5)}
			ids := []graph.ID{"g", "h", "k", "i", "j", "bombing"}
			for _, q.From = range ids {
				for _, q.To = range ids {
					length, others, ok := checkPath(t, s, q)
					if apart += others; ok {
						told[length]++
					}
				}
			}
		}
	}
	if told[2] < 50 || told[3] < 5 || apart < 50 {
		t.Errorf("paths of these lengths were looked at: %v; %d are others, or none, for the time of their hops", told, apart)
	}
}

// drawBearings draws bearings to ask for.
func drawBearings(t *rapid.T) []graph.Bearing {
	return rapid.SampledFrom([][]graph.Bearing{
		nil,
		{},
		{graph.EveryBearing},
		{graph.BearingAffiliation, graph.BearingKinship, graph.BearingPlace},
		{graph.BearingResponsibility, graph.BearingAttribution, graph.BearingSpeech, graph.BearingAffiliation},
	}).Draw(t, "bearings")
}

// checkPath compares the shortest path with that of the oracle; it gives its length, if there is one, and
// how many better ones there are whose hops did not hold together.
func checkPath(t tb, s seen, q live.PathQuery) (length, apart int, ok bool) {
	t.Helper()
	p, err := s.view.ShortestPath(q)
	if err != nil {
		t.Fatal(err)
	}
	most := q.MaxLength
	if most == 0 {
		most = live.MaxPath
	}
	want, there := s.ways(q).path(s.of(q.From), s.of(q.To), most)
	q.Concurrent = false
	any, anyway := s.ways(q).path(s.of(q.From), s.of(q.To), most)
	switch {
	case !there && p != nil:
		t.Fatalf("there is a path from %s to %s: %+v", q.From, q.To, wayOf(p))
	case !there:
		if anyway {
			apart = 1
		}
		return 0, apart, false
	case p == nil:
		t.Fatalf("there is no path from %s to %s, want %q", q.From, q.To, want)
	}
	same(t, "the path", want, wayOf(p).Links)
	checkHops(t, p, s.of(q.From), s.of(q.To))
	checkWhen(t, s, p)
	for _, x := range p.Excluded {
		apart += x.Paths
	}
	if (apart > 0) != !slices.Equal(any, want) {
		t.Fatalf("from %s to %s %d are left out; without the condition the path is %q, with it %q", q.From, q.To, apart, any, want)
	}
	return p.Length(), apart, true
}

// checkWhen compares when a path held together with what its dated links have in common.
func checkWhen(t tb, s seen, p *live.Path) {
	t.Helper()
	times, undated, dated := []graph.Span{{Earliest: graph.OpenStart, Latest: graph.OpenEnd}}, 0, false
	for _, l := range s.links() {
		if !slices.Contains(wayOf(p).Links, l.ID) || l.Bearing == graph.BearingKinship || l.Bearing == graph.BearingIdentity {
			continue
		}
		if l.Undated {
			undated++
			continue
		}
		times, dated = inCommon(times, timesOf(&l)), true
	}
	when := p.When()
	if p.UndatedHops() != undated || (when != nil) != dated {
		t.Fatalf("%d hops are undated, want %d; some are dated: %t, want %t", p.UndatedHops(), undated, when != nil, dated)
	}
	for _, o := range when {
		s := graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}
		if d := o.From(); d != nil {
			s.Earliest = d.Earliest
		}
		if d := o.To(); d != nil {
			s.Latest = d.Latest
		}
		at := func(day graph.Day) func(graph.Span) bool {
			return func(x graph.Span) bool { return x.Earliest <= day && day <= x.Latest }
		}
		if !slices.ContainsFunc(times, at(s.Earliest)) || !slices.ContainsFunc(times, at(s.Latest)) ||
			slices.ContainsFunc(times, func(x graph.Span) bool {
				return x.Overlaps(s) && (x.Earliest < s.Earliest || x.Latest > s.Latest)
			}) {
			t.Fatalf("they held together %s to %s, which is not %v", edtf(o.From()), edtf(o.To()), times)
		}
	}
	if dated && (len(when) == 0) != (len(times) == 0) {
		t.Fatalf("they held together at %d times, want %v", len(when), times)
	}
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

// TestPathsThroughIncidents: nobody gets from one body to another by an incident that they
// did not both claim, not even round by a third; a person gets to either.
func TestPathsThroughIncidents(t *testing.T) {
	f := base()
	bomber := func(c *graph.Claim) { c.Role = "Suicide bomber" }
	f.add(
		link("g", "CLAIMED", "bombing"), link("bombing", graph.AttributedTo, "h"), link("k", "CONDEMNED", "bombing"),
		link("i", graph.ParticipatedIn, "bombing", bomber), link("j", "KILLED_IN", "bombing"),
	)
	all := []graph.Bearing{graph.EveryBearing}
	kinds := func(from, to graph.ID, bearings []graph.Bearing, through ...graph.EntityKind) (out []graph.Predicate) {
		p := must(f.view(t, graph.Red, nil).ShortestPath(live.PathQuery{From: from, To: to, Bearings: bearings, Through: through}))
		if p == nil {
			return nil
		}
		for _, h := range p.Hops {
			out = append(out, h.Link.Kind())
		}
		return out
	}
	for _, two := range [][2]graph.ID{{"g", "h"}, {"h", "g"}, {"g", "k"}, {"k", "h"}} {
		same(t, "the way from "+string(two[0])+" to "+string(two[1]), nil, kinds(two[0], two[1], all))
	}
	same(t, "through incidents", []graph.Predicate{"CLAIMED", graph.AttributedTo}, kinds("g", "h", all, graph.Incident))
	same(t, "a person", []graph.Predicate{graph.ParticipatedIn, "CLAIMED"}, kinds("i", "g", nil))
	same(t, "one who is accused", []graph.Predicate{graph.ParticipatedIn, graph.AttributedTo}, kinds("i", "h", all))
	same(t, "one who was killed", nil, kinds("j", "g", nil))
	f.add(link("h", "CLAIMED", "bombing", polar(graph.Denied)))
	same(t, "what is denied", nil, kinds("g", "h", all))
	f.add(link("h", "CLAIMED", "bombing", from("b")))
	same(t, "what both claimed", []graph.Predicate{"CLAIMED", "CLAIMED"}, kinds("g", "h", all))
}

// TestPathsBetweenSides: nobody gets by a fight from one side to the other, whoever he is and by
// whatever link; bodies on one side are joined by it, and those who claimed it are not joined with
// its parties.
func TestPathsBetweenSides(t *testing.T) {
	f := base()
	as := func(role string) func(*graph.Claim) { return func(c *graph.Claim) { c.Role = role } }
	f.add(
		link("g", graph.PartyTo, "bombing", as("Side A")), link("h", graph.PartyTo, "bombing", as("SIDE_B")),
		link("k", graph.Claimed, "bombing"), link("police", graph.PartyTo, "bombing", as("MEDIATOR")),
		link("i", graph.PartyTo, "bombing", as("SIDE_B")), link("i", graph.ParticipatedIn, "bombing", as("gunman")),
		link("j", graph.ParticipatedIn, "bombing", as("gunman")),
	)
	all := []graph.Bearing{graph.EveryBearing}
	joined := func(from, to graph.ID, bearings []graph.Bearing, through ...graph.EntityKind) bool {
		q := live.PathQuery{From: from, To: to, Bearings: bearings, Through: through}
		return must(f.view(t, graph.Red, nil).ShortestPath(q)) != nil
	}
	for _, bearings := range [][]graph.Bearing{nil, all} {
		for two, want := range map[[2]graph.ID]bool{
			{"g", "h"}: false, {"g", "k"}: false, {"h", "k"}: false, {"g", "i"}: false, {"h", "i"}: true, {"k", "i"}: true,
			{"g", "j"}: true, {"h", "j"}: true, {"g", "police"}: false, {"h", "police"}: false, {"k", "police"}: false,
		} {
			same(t, fmt.Sprint(two, " joined by ", bearings), want, joined(two[0], two[1], bearings))
			same(t, fmt.Sprint(two, " the other way by ", bearings), want, joined(two[1], two[0], bearings))
		}
	}
	same(t, "through incidents", true, joined("g", "h", nil, graph.Incident))
	f.add(link("k", graph.PartyTo, "bombing", as("SIDE_A")))
	same(t, "who is on one side with another", true, joined("g", "k", nil))
	f.add(link("h", graph.PartyTo, "bombing", as("SIDE_A"), polar(graph.Denied)))
	same(t, "who is only denied to be on it", false, joined("g", "h", nil))
	f.add(link("h", graph.PartyTo, "bombing", as("SIDE_A"), from("b")))
	same(t, "who is on both, as sources differ", true, joined("g", "h", nil))
}

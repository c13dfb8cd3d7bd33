package algo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// KeyPlayerGoal is what a set of key players is to be good for, after Borgatti,
// Identifying sets of key players in a social network (2006). All values lie
// between 0 and 1, more is better.
type KeyPlayerGoal string

// The goals. The first two ask what is left without the set (KPP-NEG) and read
// directed graphs as undirected, with n for the nodes left; the others ask what
// the set reaches (KPP-POS) along the edges, with n for all nodes. Members of the
// set count as reached, so that 1 says that nothing is out of reach. d is the
// number of steps, 1/d of what cannot be reached 0.
const (
	// Fragment is F: the share of ordered pairs that cannot reach each other,
	// 1 - sum of s(s-1) / n(n-1) over the sizes s of the components.
	Fragment KeyPlayerGoal = "FRAGMENTATION"
	// DistanceFragment is the distance-weighted F: 1 - sum of 1/d / n(n-1) over
	// ordered pairs.
	DistanceFragment KeyPlayerGoal = "DISTANCE_FRAGMENTATION"
	// Reach is the share of nodes within some steps of the set.
	Reach KeyPlayerGoal = "REACH"
	// DistanceReach is the distance-weighted reach: the sum of 1/d from the
	// nearest member over all nodes, 1 for members, divided by n. It is 1 when
	// every other node is next to a member.
	DistanceReach KeyPlayerGoal = "DISTANCE_REACH"
)

// KeyPlayerGoals lists every goal.
var KeyPlayerGoals = []KeyPlayerGoal{Fragment, DistanceFragment, Reach, DistanceReach}

// KeyPlayerOptions say which key players are wanted.
type KeyPlayerOptions struct {
	Goal KeyPlayerGoal
	// Size is how many.
	Size int
	// Steps is how far Reach goes; 0 means 2.
	Steps int
	// Seed draws the sets that the search begins with, Restarts says how many; 0
	// means 8.
	Seed     uint64
	Restarts int
}

// MaxKeyPlayers is the greatest Size.
const MaxKeyPlayers = 50

// KeyPlayers is the best set found.
type KeyPlayers struct {
	// Nodes are the set, ascending; of sets of one value the first in that order.
	Nodes []Node
	// Value is how well they do, Before how well no set at all does.
	Value, Before float64
	// Exact is set when all sets were compared: none is better, and Ties of them do
	// as well, this one among them. Else the set was grown one by one and improved
	// by exchanges, from several beginnings, until no exchange of one member for a
	// candidate made it better; Ties is 0.
	Exact bool
	Ties  int
	// Candidates is how many nodes were considered: all, up to 200; of a larger
	// graph that is not compared exactly those of most neighbours and, for
	// fragmentation, those that fragment most on their own.
	Candidates int
}

// The bounds of comparing all sets, and of the candidates of a search.
const (
	exactSets     = 200_000
	exactArcs     = 500_000_000
	maxCandidates = 200
)

// valueTolerance is how much values may differ by rounding alone.
const valueTolerance = 1e-12

// FindKeyPlayers finds the set of nodes that is best for a goal. The same seed
// gives the same answer. With an error of the meter the best set so far is
// returned beside it; it may have fewer members.
func FindKeyPlayers(g *Graph, o KeyPlayerOptions, m *work.Meter) (*KeyPlayers, error) {
	s, err := newKeySearch(g, &o, m)
	if err != nil {
		return nil, err
	}
	if s.out.Before, err = s.measure(nil); err != nil {
		return s.out, err
	}
	s.out.Value = s.out.Before
	if s.small() {
		return s.out, s.compareAll()
	}
	if err = s.pickCandidates(); err == nil {
		err = s.search()
	}
	return s.out, err
}

// keySearch looks for the best set.
type keySearch struct {
	g          *Graph
	o          *KeyPlayerOptions
	m          *work.Meter
	measure    func(set []Node) (value float64, err error)
	cost       int // arcs that one measurement reads at most
	candidates []Node
	out        *KeyPlayers
}

func newKeySearch(g *Graph, o *KeyPlayerOptions, m *work.Meter) (*keySearch, error) {
	if !slices.Contains(KeyPlayerGoals, o.Goal) {
		return nil, graph.Invalid("UNKNOWN_VALUE", "goal", fmt.Sprintf("%q is not known", string(o.Goal)),
			"use a goal that the schema lists")
	}
	if most := min(g.Len(), MaxKeyPlayers); o.Size < 1 || o.Size > most {
		return nil, graph.Invalid("OUT_OF_RANGE", "size", fmt.Sprintf("%d is not 1 to %d", o.Size, most),
			"ask for fewer key players than there are nodes")
	}
	if o.Steps < 0 || o.Restarts < 0 {
		return nil, graph.Invalid("OUT_OF_RANGE", "steps", "steps and restarts are counts",
			"leave them out, or give more than 0")
	}
	o.Steps, o.Restarts = orDefault(o.Steps, 2), orDefault(o.Restarts, 8)
	s := &keySearch{g: g, o: o, m: m, out: &KeyPlayers{Nodes: []Node{}}}
	if o.Goal == Fragment || o.Goal == DistanceFragment {
		s.g = g.Undirected()
	}
	s.candidates = Identity[Node](g.Len())
	s.cost = len(s.g.out.To) + g.Len()
	s.setMeasure(newReach(s.g))
	return s, nil
}

func (s *keySearch) setMeasure(w *reach) {
	metered := func(value float64, read int) (float64, error) { return value, s.m.Spend(read) }
	s.measure = func(set []Node) (float64, error) { return metered(w.fragmentation(set)) }
	switch s.o.Goal {
	case DistanceFragment:
		s.measure = func(set []Node) (float64, error) { return w.distanceFragmentation(set, s.m) }
		s.cost *= s.g.Len()
	case Reach:
		s.measure = func(set []Node) (float64, error) { return metered(w.share(set, s.o.Steps, false)) }
	case DistanceReach:
		s.measure = func(set []Node) (float64, error) { return metered(w.share(set, s.g.Len(), true)) }
	}
}

func orDefault(n, usual int) int {
	if n == 0 {
		return usual
	}
	return n
}

// keep notes a set that is better than the best so far, or as good and before it.
func (s *keySearch) keep(set []Node, value float64) {
	set = slices.Clone(set)
	slices.Sort(set)
	better := value > s.out.Value+valueTolerance
	same := !better && value >= s.out.Value-valueTolerance
	if better || len(set) > len(s.out.Nodes) ||
		same && len(set) == len(s.out.Nodes) && slices.Compare(set, s.out.Nodes) < 0 {
		s.out.Nodes, s.out.Value = set, value
	}
}

// small reports whether all sets can be compared.
func (s *keySearch) small() bool {
	sets := 1.0
	n, k := float64(s.g.Len()), float64(s.o.Size)
	for i := range s.o.Size {
		sets *= (n - float64(i)) / (k - float64(i))
	}
	return sets <= exactSets && sets*float64(s.cost) <= exactArcs
}

// compareAll measures every set, in ascending order.
func (s *keySearch) compareAll() error {
	s.out.Candidates = s.g.Len()
	set := Identity[Node](s.o.Size)
	best := math.Inf(-1)
	for {
		value, err := s.measure(set)
		if err != nil {
			return err
		}
		if value > best+valueTolerance {
			best = value
			s.out.Nodes, s.out.Value, s.out.Ties = slices.Clone(set), value, 0
		}
		if value >= best-valueTolerance {
			s.out.Ties++
		}
		if !nextSet(set, s.g.Len()) {
			s.out.Exact = true
			return nil
		}
	}
}

// nextSet turns an ascending set of numbers below n into the next one.
func nextSet(set []Node, n int) bool {
	for i := len(set) - 1; i >= 0; i-- {
		if int(set[i]) < n-len(set)+i {
			set[i]++
			for j := i + 1; j < len(set); j++ {
				set[j] = set[j-1] + 1
			}
			return true
		}
	}
	return false
}

// pickCandidates leaves, of a large graph, the nodes that are likely to matter.
func (s *keySearch) pickCandidates() error {
	if s.g.Len() > maxCandidates {
		most := maxCandidates
		var alone []Node
		if s.o.Goal == Fragment || s.o.Goal == DistanceFragment {
			cut, err := Cutpoints(s.g, s.m)
			if err != nil {
				return err
			}
			most /= 2
			alone = top[Node](cut.Fragmentation, most)
		}
		s.candidates = slices.Concat(alone, top[Node](OutDegree(s.g), most))
		slices.Sort(s.candidates)
		s.candidates = slices.Compact(s.candidates)
	}
	s.out.Candidates = len(s.candidates)
	return nil
}

// search improves the set that grows one by one, and some drawn at random.
func (s *keySearch) search() error {
	set, err := s.grow()
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(s.o.Seed, 0x6b657973))
	for range s.o.Restarts {
		if err := s.improve(set); err != nil {
			return err
		}
		set = set[:0]
		for _, i := range random.Perm(len(s.candidates))[:min(s.o.Size, len(s.candidates))] {
			set = append(set, s.candidates[i])
		}
	}
	return nil
}

// grow adds the candidate that does best with those before it, one by one.
func (s *keySearch) grow() ([]Node, error) {
	var set []Node
	for len(set) < min(s.o.Size, len(s.candidates)) {
		best, most := None, math.Inf(-1)
		for _, c := range s.candidates {
			if slices.Contains(set, c) {
				continue
			}
			value, err := s.measure(append(set, c))
			if err != nil {
				return set, err
			}
			if value > most+valueTolerance {
				best, most = c, value
			}
		}
		set = append(set, best)
		s.keep(set, most)
	}
	return set, nil
}

// improve makes the exchange that gains most until none gains.
func (s *keySearch) improve(set []Node) error {
	now, err := s.measure(set)
	if err != nil {
		return err
	}
	for {
		s.keep(set, now)
		place, with, most := 0, None, now
		for i, old := range set {
			for _, c := range s.candidates {
				if slices.Contains(set, c) {
					continue
				}
				set[i] = c
				value, err := s.measure(set)
				set[i] = old
				if err != nil {
					return err
				}
				if value > most+valueTolerance {
					place, with, most = i, c, value
				}
			}
		}
		if with == None {
			return nil
		}
		set[place], now = with, most
	}
}

package signed

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/work"
)

// TriadCensus counts triads, three nodes all joined, by their signs.
type TriadCensus struct {
	// PPP has three friendly ties, PPM two and a hostile one, PMM one and two
	// hostile, MMM three hostile. PPP and PMM are balanced.
	PPP, PPM, PMM, MMM int
}

// Triads is how many there are.
func (c TriadCensus) Triads() int { return c.PPP + c.PPM + c.PMM + c.MMM }

// Balance is the share of triads that are balanced (Cartwright and Harary 1956,
// of triads alone); 1 when there are none, for then nothing is out of balance.
func (c TriadCensus) Balance() float64 {
	if c.Triads() == 0 {
		return 1
	}
	return float64(c.PPP+c.PMM) / float64(c.Triads())
}

// Triad is three nodes all joined, ascending, and the signs between them.
type Triad struct {
	A, B, C    algo.Node
	AB, AC, BC Sign
}

// Balanced reports whether the product of the signs is positive: a friend's friend
// is a friend, an enemy's enemy too.
func (t Triad) Balanced() bool { return t.AB*t.AC*t.BC > 0 }

// Balance says how far a signed graph is from two camps.
type Balance struct {
	Census TriadCensus
	// Degree is the share of triads that are balanced, see TriadCensus.Balance.
	Degree float64
	// Unbalanced are the triads that are not, ascending; as many as were
	// asked for. The census counts all.
	Unbalanced []Triad
	// Frenemies are the pairs that have ties of both signs. They have no part in
	// the rest.
	Frenemies [][2]algo.Node
	Factions  *Factions
}

// BalanceOf takes the triad census of a signed graph and divides it in two factions,
// see FindFactions. first is how many unbalanced triads to list. With an error of
// the meter what was counted so far is returned beside it; Factions may be nil.
func BalanceOf(s *Graph, first int, seed uint64, m *work.Meter) (*Balance, error) {
	b := &Balance{Unbalanced: []Triad{}, Frenemies: s.Frenemies()}
	err := s.eachTriad(m, func(t Triad) {
		b.Census.add(t)
		if !t.Balanced() && len(b.Unbalanced) < first {
			b.Unbalanced = append(b.Unbalanced, t)
		}
	})
	b.Degree = b.Census.Balance()
	if err != nil {
		return b, err
	}
	b.Factions, err = FindFactions(s, seed, m)
	return b, err
}

func (c *TriadCensus) add(t Triad) {
	switch t.AB + t.AC + t.BC {
	case 3:
		c.PPP++
	case 1:
		c.PPM++
	case -1:
		c.PMM++
	default:
		c.MMM++
	}
}

// eachTriad calls f for every triad, ascending.
func (s *Graph) eachTriad(m *work.Meter, f func(Triad)) error {
	g := s.g
	for a := range algo.Node(g.Len()) {
		read := 0
		for ab := g.Adjacency().Start[a]; ab < g.Adjacency().Start[a+1]; ab++ {
			b := g.Adjacency().To[ab]
			if b < a {
				continue
			}
			read += len(g.Out(a)) + len(g.Out(b))
			s.eachCommonAbove(a, b, func(c algo.Node, ac, bc algo.Arc) {
				f(Triad{a, b, c, s.sign(ab), s.sign(ac), s.sign(bc)})
			})
		}
		if err := m.Spend(read); err != nil {
			return err
		}
	}
	return nil
}

// eachCommonAbove calls f for the neighbours c of both a and b that are greater
// than both, with the arcs of their edges.
func (s *Graph) eachCommonAbove(a, b algo.Node, f func(c algo.Node, ac, bc algo.Arc)) {
	o := s.g.Adjacency()
	i, j := o.Start[a], o.Start[b]
	for i < o.Start[a+1] && j < o.Start[b+1] {
		switch x, y := o.To[i], o.To[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			if x > max(a, b) {
				f(x, i, j)
			}
			i++
			j++
		}
	}
}

package analysis

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/signed"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// linkSigns is the sign of each kind of link that has one: friendly kinds are Plus,
// hostile ones Minus. Links of all other kinds say nothing of either.
func linkSigns() map[graph.Predicate]signed.Sign {
	signs := map[graph.Predicate]signed.Sign{}
	for _, kind := range friendly {
		signs[kind] = signed.Plus
	}
	for _, kind := range hostile {
		signs[kind] = signed.Minus
	}
	return signs
}

// signedGraph reads the network as a signed graph, by Signs. The error is the meter's.
func (n *Network) signedGraph(m *work.Meter) (*signed.Graph, error) {
	if err := m.Spend(n.Len() + tieSlots*n.Links()); err != nil {
		return nil, err
	}
	signs := linkSigns()
	var ties []signed.Edge
	for v := range algo.Node(n.Len()) {
		for slot := n.outStart[v]; slot < n.outStart[v+1]; slot++ {
			if sign := signs[n.Kind(slot)]; sign != 0 {
				ties = append(ties, signed.Edge{A: v, B: n.outTo[slot], Sign: sign})
			}
		}
	}
	return signed.New(n.Len(), ties), nil
}

// Balance is the balance of the friendly and hostile ties of a network.
type Balance struct {
	Answer
	Census     signed.TriadCensus
	Degree     float64
	Unbalanced []*SignedTriad
	Frenemies  []*EntityPair
	// Frustration is how many ties speak against the two camps, LowerBound how many
	// speak against any two; Exact when no other two do better.
	Frustration, LowerBound int
	Exact                   bool
	// CampA and CampB are the two factions of each part, Against the ties that
	// speak against them.
	CampA, CampB []live.Entity
	Against      []*EntityPair
}

// SignedTriad is three entities all joined, and the signs between them.
type SignedTriad struct {
	A, B, C    live.Entity
	AB, AC, BC TieSign
}

// BalanceOf judges the balance of a network; first is how many unbalanced triads
// are listed.
func BalanceOf(n *Network, first int, seed uint64, m *work.Meter) (*Balance, error) {
	g, err := n.signedGraph(m)
	b := &signed.Balance{}
	if err == nil {
		b, err = signed.BalanceOf(g, first, seed, m)
	}
	out := &Balance{
		Census: b.Census, Degree: b.Degree, Unbalanced: []*SignedTriad{}, Frenemies: n.pairs(b.Frenemies),
		CampA: []live.Entity{}, CampB: []live.Entity{}, Against: []*EntityPair{},
	}
	for _, t := range b.Unbalanced {
		out.Unbalanced = append(out.Unbalanced,
			&SignedTriad{n.Entity(t.A), n.Entity(t.B), n.Entity(t.C), signWord(t.AB), signWord(t.AC), signWord(t.BC)})
	}
	if f := b.Factions; f != nil {
		out.Frustration, out.LowerBound, out.Exact, out.Against = f.Frustration, f.LowerBound, f.Exact, n.pairs(f.Against)
		for node, camp := range f.Of {
			switch camp {
			case 1:
				out.CampA = append(out.CampA, n.Entity(algo.Node(node)))
			case 2:
				out.CampB = append(out.CampB, n.Entity(algo.Node(node)))
			}
		}
	}
	out.Answer, err = n.answer(m, err)
	return out, err
}

// TieSign is a sign in words.
type TieSign string

// The signs in words.
const (
	Friend TieSign = "FRIENDLY"
	Foe    TieSign = "HOSTILE"
)

func signWord(s signed.Sign) TieSign {
	if s > 0 {
		return Friend
	}
	return Foe
}

func (n *Network) pairs(list [][2]algo.Node) []*EntityPair {
	out := make([]*EntityPair, len(list))
	for i, p := range list {
		out[i] = &EntityPair{n.Entity(p[0]), n.Entity(p[1])}
	}
	return out
}

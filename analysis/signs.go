package analysis

import (
	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/algo/signed"
	"github.com/rabta/rabta/graph"
)

// Signs is the sign of each kind of link that has one: friendly kinds are Plus,
// hostile ones Minus. Links of all other kinds say nothing of either.
func Signs() map[graph.Predicate]signed.Sign {
	signs := map[graph.Predicate]signed.Sign{}
	for _, kind := range friendly {
		signs[kind] = signed.Plus
	}
	for _, kind := range hostile {
		signs[kind] = signed.Minus
	}
	return signs
}

// Signed reads the network as a signed graph, by Signs.
func (n *Network) Signed() *signed.Signed {
	signs := Signs()
	var ties []signed.SignedTie
	for v := range algo.Node(n.Len()) {
		for slot := n.outStart[v]; slot < n.outStart[v+1]; slot++ {
			if sign := signs[n.Kind(slot)]; sign != 0 {
				ties = append(ties, signed.SignedTie{A: v, B: n.outTo[slot], Sign: sign})
			}
		}
	}
	return signed.NewSigned(n.Len(), ties)
}

package main

import (
	"math/bits"
	"math/rand/v2"

	"github.com/rabta/rabta/algo"
)

// generate makes a graph of about m edges, the same for the same shape and size.
func generate(shape string, m int) []algo.Edge {
	r := rand.New(rand.NewPCG(1, uint64(m)))
	if shape == "militant" {
		return militant(r, m)
	}
	return rmat(r, m)
}

// rmat draws edges by the parameters of Graph500, ten a node, ids shuffled.
func rmat(r *rand.Rand, m int) []algo.Edge {
	width := bits.Len(uint(m/10 - 1))
	names := r.Perm(1 << width)
	list := make([]algo.Edge, m)
	for i := range list {
		a, b := 0, 0
		for range width {
			a, b = a<<1, b<<1
			switch x := r.Float64(); {
			case x < 0.57:
			case x < 0.76:
				b |= 1
			case x < 0.95:
				a |= 1
			default:
				a, b = a|1, b|1
			}
		}
		list[i] = algo.Edge{From: algo.Node(names[a]), To: algo.Node(names[b])}
	}
	return list
}

// militant draws a network as reporting makes it: groups of very unequal size with
// members and incidents of their own, some ties between groups, and factions that
// share people.
func militant(r *rand.Rand, m int) []algo.Edge {
	groups := max(m/200, 4)
	people := max(m/4, 8)
	zipf := rand.NewZipf(r, 1.2, 3, uint64(groups-1))
	list := make([]algo.Edge, 0, m)
	for len(list) < m {
		g := algo.Node(zipf.Uint64())
		switch x := r.Float64(); {
		case x < 0.70: // a member or an incident of the group
			list = append(list, algo.Edge{From: g, To: algo.Node(groups + r.IntN(people))})
		case x < 0.85: // two people who know each other
			a := r.IntN(people)
			list = append(list, algo.Edge{From: algo.Node(groups + a), To: algo.Node(groups + (a+1+r.IntN(12))%people)})
		default: // an alliance or a rivalry
			list = append(list, algo.Edge{From: g, To: algo.Node(r.IntN(groups))})
		}
	}
	return list
}

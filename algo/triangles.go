package algo

import "github.com/rabta/rabta/work"

// Triangles counts for every node the triangles it is part of. Directed graphs
// are read as undirected.
func Triangles(g *Graph, m *work.Meter) ([]int, error) {
	u := g.Undirected()
	count := make([]int, u.Len())
	// Nodes are numbered by falling degree: looking at smaller neighbours only
	// keeps the lists short at the hubs.
	for v := range Node(u.Len()) {
		smaller := below(u.Out(v), v)
		read := len(smaller) + 1
		for _, w := range smaller {
			near := below(u.Out(w), w)
			read += len(smaller) + len(near)
			eachCommon(smaller, near, func(x Node) {
				count[v]++
				count[w]++
				count[x]++
			})
		}
		if err := m.Spend(read); err != nil {
			return count, err
		}
	}
	return count, nil
}

// below is the part of an ascending list that is less than v.
func below(list []Node, v Node) []Node {
	low, high := 0, len(list)
	for low < high {
		if mid := (low + high) / 2; list[mid] < v {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return list[:low]
}

// eachCommon calls f for what two ascending lists share.
func eachCommon(a, b []Node, f func(Node)) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch x, y := a[i], b[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			f(x)
			i++
			j++
		}
	}
}

// Clustering is the share of pairs of a node's neighbours that are joined; 0 with
// fewer than two neighbours. Directed graphs follow LDBC: neighbours either way,
// joined in either or both directions.
func Clustering(g *Graph, m *work.Meter) ([]float64, error) {
	if g.directed {
		return directedClustering(g, m)
	}
	triangles, err := Triangles(g, m)
	share := make([]float64, g.Len())
	for v := range share {
		if d := len(g.Out(Node(v))); d > 1 {
			share[v] = 2 * float64(triangles[v]) / float64(d) / float64(d-1)
		}
	}
	return share, err
}

func directedClustering(g *Graph, m *work.Meter) ([]float64, error) {
	u := g.Undirected()
	share := make([]float64, g.Len())
	for v := range Node(g.Len()) {
		near := u.Out(v)
		joined, read := 0, 0
		for _, w := range near {
			read += len(near) + len(g.Out(w))
			eachCommon(near, g.Out(w), func(Node) { joined++ })
		}
		if d := len(near); d > 1 {
			share[v] = float64(joined) / float64(d) / float64(d-1)
		}
		if err := m.Spend(read); err != nil {
			return share, err
		}
	}
	return share, nil
}

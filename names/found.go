package names

// mostFound is the score of a name that is found whole in another.
const mostFound = 0.95

// foundIn scores how far every word of a name is found in another, whatever else that
// has: at most mostFound, for less is known than of whole names. It is 0 when a word that
// tells names apart is not found.
func foundIn(n, m *Name, similarity func(i, j int) float64) ([]pair, float64) {
	all := n.total()
	if all == 0 {
		return nil, 0
	}
	pairs := pairWords(n, m, similarity)
	sum := 0.0
	found := make([]bool, len(n.tokens))
	for _, p := range pairs {
		if len(n.tokens[p.i].text) < 3 && p.sim < 1 {
			continue
		}
		found[p.i] = true
		sum += n.weight(p.i) * p.sim
	}
	for i := range n.tokens {
		if n.weight(i) >= 0.5 && !found[i] {
			return nil, 0
		}
	}
	return pairs, rounded((mostFound-0.05)*sum/all + 0.05*min(1, all/max(m.total(), 0.1)))
}

// foundScore is a score of foundIn with its reasons.
func foundScore(n, m *Name, pairs []pair, value float64) Score {
	s := Score{Value: value, Reasons: []Reason{}}
	if value > 0 {
		for _, p := range pairs {
			s.addPair(n.tokens[p.i], m.tokens[p.j], p.sim, n.weight(p.i))
		}
	}
	return s
}

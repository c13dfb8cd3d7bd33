package names

// pair is two words, one of each name, that are taken for the same.
type pair struct {
	i, j int
	sim  float64
}

// pairWords pairs the words of two names that are most similar, each once, best first.
func pairWords(n, m *Name, similarity func(i, j int) float64) (out []pair) {
	left := similarPairs(n, m, similarity)
	for len(left) > 0 {
		best := 0
		for k := range left {
			if left[k].sim > left[best].sim {
				best = k
			}
		}
		p := left[best]
		out = append(out, p)
		rest := left[:0]
		for _, q := range left {
			if q.i != p.i && q.j != p.j {
				rest = append(rest, q)
			}
		}
		left = rest
	}
	return out
}

// similarPairs are all pairs of words with weight that are similar.
func similarPairs(n, m *Name, similarity func(i, j int) float64) (out []pair) {
	for i := range n.tokens {
		if n.weight(i) == 0 {
			continue
		}
		for j := range m.tokens {
			if m.weight(j) == 0 {
				continue
			}
			if sim := similarity(i, j); sim > 0 {
				out = append(out, pair{i, j, sim})
			}
		}
	}
	return out
}

// pairSimilarity is the similarity of a word of the second name, or of the first, and the
// word that it is paired with; 0 for none.
func (c *comparison) pairSimilarity(i int, second bool) float64 {
	for _, p := range c.pairs {
		if second && p.j == i || !second && p.i == i {
			return p.sim
		}
	}
	return 0
}

// unmatched is the weight of the heaviest word of each name that is in no pair.
func (c *comparison) unmatched() (a, b float64) {
	return c.heaviestUnmatched(c.n, false), c.heaviestUnmatched(c.m, true)
}

func (c *comparison) heaviestUnmatched(n *Name, second bool) (weight float64) {
	for i := range n.tokens {
		if c.pairSimilarity(i, second) == 0 {
			weight = max(weight, c.weight(n, i))
		}
	}
	return weight
}

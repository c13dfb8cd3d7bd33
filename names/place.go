package names

import "slices"

// SamePlace reports whether two names may be of one place, whatever sort of place each
// says that it is: Khuzdar, Khuzdar District; Iran, Islamic Republic of Iran.
func SamePlace(a, b string) bool {
	n, m := Parse(a), Parse(b)
	c := compare(Place, &n, &m)
	if c.value >= Suggested {
		return true
	}
	specific := slices.ContainsFunc(c.pairs, func(p pair) bool {
		return p.sim >= Suggested && !c.n.tokens[p.i].isGenericTerm()
	})
	return specific && c.onlyGenericTerms(c.n, false) && c.onlyGenericTerms(c.m, true)
}

// isGenericTerm reports whether a word says what sort of thing a name is of.
func (t *token) isGenericTerm() bool { return t.role == generic || t.role == orgForm || t.isStopWord() }

// onlyGenericTerms reports whether the words of a name that are in no pair say only what
// sort of place it is.
func (c *comparison) onlyGenericTerms(n *Name, second bool) bool {
	for i, t := range n.tokens {
		if c.pairSimilarity(i, second) == 0 && !t.isGenericTerm() {
			return false
		}
	}
	return true
}

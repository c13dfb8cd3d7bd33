package names

// SamePlace reports whether two names may be of one place, whatever sort of place each
// says that it is: Khuzdar, Khuzdar District; Iran, Islamic Republic of Iran.
func SamePlace(a, b string) bool {
	n, m := Parse(a), Parse(b)
	c := compare(Place, &n, &m)
	if c.value >= Suggested {
		return true
	}
	good := 0
	for _, p := range c.pairs {
		if p.sim >= Suggested && !c.n.tokens[p.i].sorts() {
			good++
		}
	}
	return good > 0 && c.onlySorts(c.n, false) && c.onlySorts(c.m, true)
}

// sorts reports whether a word says what sort of thing a name is of.
func (t *token) sorts() bool { return t.role == generic || t.role == form || t.empty() }

// onlySorts reports whether the words of a name that are in no pair say only what sort
// of place it is.
func (c *comparison) onlySorts(n *Name, second bool) bool {
	for i, t := range n.tokens {
		if c.likenessOf(i, second) == 0 && !t.sorts() {
			return false
		}
	}
	return true
}

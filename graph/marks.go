package graph

// Marks reports whether a change changes the marking of what was recorded before.
func (c *Change) Marks() bool {
	for i := range c.Claims {
		if c.Claims[i].Predicate == Marks {
			return true
		}
	}
	return false
}

package live

import "iter"

// CountedClaims yields the claims about the entity that count, oldest first.
func (e *Entity) CountedClaims() iter.Seq[*Claim] { return e.claims() }

package live

// CacheVisibleLinks lets the searches of a view's lens and clearance ask the cache of
// each link, as they do in graphs of many links, and says how many links are excluded by
// that alone.
func CacheVisibleLinks(v *View) (excluded int) {
	s := v.g.visibility.cached(v)
	if s == nil {
		s = v.g.visibility.build(v)
	}
	for _, is := range s.verdicts {
		if is >= excludedFor {
			excluded++
		}
	}
	return excluded
}

// SortName is what an entity is ordered by where it is by name.
func SortName(e *EntityBase) string { return e.sortName() }

// RecordedClaims is how many rows of claims the view has.
func RecordedClaims(v *View) ClaimRow { return v.sizes.claims }

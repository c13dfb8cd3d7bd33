package live

// KeepVerdicts lets the searches of a view's lens and clearance ask for what is kept of
// each link, as they do in graphs of many links, and says how many links are refused by
// that alone.
func KeepVerdicts(v *View) (refused int) {
	s := v.g.visibility.cached(v)
	if s == nil {
		s = v.g.visibility.build(v)
	}
	for _, how := range s.verdicts {
		if how >= excludedFor {
			refused++
		}
	}
	return refused
}

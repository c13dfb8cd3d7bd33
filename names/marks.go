package names

// marks are notes on the entries of an index, one set a search.
type marks struct {
	of      []mark
	touched []uint32
	words   []float32 // what the words of the vocabulary are worth for one that is sought
}

type mark struct {
	sum  float32
	bits uint16 // one for each word that was found; 0 when the entry is not touched
}

// marks are a clean set for all entries.
func (x *Index) marks() *marks {
	m, ok := x.scratch.Get().(*marks)
	if !ok {
		m = &marks{}
	}
	if n := len(x.entries); n > len(m.of) {
		m.of = make([]mark, n+n/8)
	}
	if n := len(x.sounds.tokens); n > len(m.words) {
		m.words = make([]float32, n+n/8)
	}
	return m
}

// free takes all notes back, and lets the next search have them.
func (x *Index) free(m *marks) {
	for _, e := range m.touched {
		m.of[e] = mark{}
	}
	m.touched = m.touched[:0]
	x.scratch.Put(m)
}

// add adds to the sum of the entries, once for a bit; without all, only of those that
// are touched already.
func (m *marks) add(entries []uint32, bit uint16, worth float32, all bool) {
	for _, e := range entries {
		of := &m.of[e]
		if of.bits == 0 {
			if !all {
				continue
			}
			m.touched = append(m.touched, e)
		}
		if of.bits&bit == 0 {
			of.bits |= bit
			of.sum += worth
		}
	}
}

// once reports whether the entry was not touched before, and touches it.
func (m *marks) once(e uint32) bool {
	of := &m.of[e]
	if of.bits != 0 {
		return false
	}
	of.bits = 1
	m.touched = append(m.touched, e)
	return true
}

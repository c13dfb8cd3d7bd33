package names

// scores are what one search has found so far: the accumulators of an index's entries.
type scores struct {
	entries []entryScore
	touched []uint32
	words   []float32 // what each word of the vocabulary weighs for one of the query
}

type entryScore struct {
	sum     float32
	matched uint16 // a bit for each word of the query that was found; 0 when the entry is not touched
}

// getScores takes clean scores for all entries from the pool.
func (x *Index) getScores() *scores {
	s, ok := x.pool.Get().(*scores)
	if !ok {
		s = &scores{}
	}
	if n := len(x.entries); n > len(s.entries) {
		s.entries = make([]entryScore, n+n/8)
	}
	if n := len(x.vocabulary.tokens); n > len(s.words) {
		s.words = make([]float32, n+n/8)
	}
	return s
}

// putScores cleans scores and puts them back for the next search.
func (x *Index) putScores(s *scores) {
	for _, e := range s.touched {
		s.entries[e] = entryScore{}
	}
	s.touched = s.touched[:0]
	x.pool.Put(s)
}

// add adds a weight to the sum of entries, once for a bit; without all, only to those
// that are touched already.
func (s *scores) add(entries []uint32, bit uint16, weight float32, all bool) {
	for _, e := range entries {
		of := &s.entries[e]
		if of.matched == 0 {
			if !all {
				continue
			}
			s.touched = append(s.touched, e)
		}
		if of.matched&bit == 0 {
			of.matched |= bit
			of.sum += weight
		}
	}
}

// touch reports whether the entry was not touched before, and touches it.
func (s *scores) touch(e uint32) bool {
	of := &s.entries[e]
	if of.matched != 0 {
		return false
	}
	of.matched = 1
	s.touched = append(s.touched, e)
	return true
}

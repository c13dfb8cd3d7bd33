package names

import (
	"cmp"
	"slices"
	"sync"
)

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

// wordMatch is a word of an index that is similar to one of a query, and what finding it
// adds to a score.
type wordMatch struct {
	id     uint32
	weight float32
}

// queryWord is a word of a query with its matches in an index.
type queryWord struct {
	at      int
	weight  float32
	matches []wordMatch
	count   int // of names that have one of them
}

// accumulate adds up, for the entries that can reach the least score, the weight of the
// query's words that they have. Rare words come first. A word that so many names have
// that the rest of the query is needed as well is only looked for in names that have
// some of the rest.
func (s *search) accumulate(found *scores, q *Query) {
	words := s.matchWords(q.Prefix)
	slices.SortStableFunc(words, func(a, b queryWord) int { return cmp.Compare(a.count, b.count) })
	left := float32(0)
	for _, w := range words {
		left += w.weight
	}
	all := left
	for _, w := range words {
		enough := upperBound(left, all, left) >= leastBound(q)
		left -= w.weight
		if !enough && 8*len(found.touched) < w.count {
			s.accumulateTouched(found, &w)
			continue
		}
		for _, m := range w.matches {
			found.add(s.index.vocabulary.entries[m.id], 1<<w.at, m.weight, enough)
		}
	}
}

// accumulateTouched looks for a word in the entries that are touched already.
func (s *search) accumulateTouched(found *scores, w *queryWord) {
	for _, m := range w.matches {
		found.words[m.id] = m.weight
	}
	for _, e := range found.touched {
		best := float32(0)
		for _, id := range s.index.entries[e].words.of(s.index.vocabulary.used) {
			best = max(best, found.words[id])
		}
		found.entries[e].sum += best
	}
	for _, m := range w.matches {
		found.words[m.id] = 0
	}
}

// matchWords finds the words of the index that are similar to those of the query, for
// all of its words at once.
func (s *search) matchWords(prefix bool) (out []queryWord) {
	words := make([]queryWord, len(s.query.tokens))
	var wg sync.WaitGroup
	for i := range words {
		words[i] = queryWord{at: i, weight: float32(s.query.weight(i))}
		if words[i].weight > 0 {
			wg.Go(func() { s.matchWord(&words[i], prefix && i == len(words)-1) })
		}
	}
	wg.Wait()
	return slices.DeleteFunc(words, func(w queryWord) bool { return w.weight == 0 })
}

func (s *search) matchWord(w *queryWord, prefix bool) {
	v, similarities := &s.index.vocabulary, map[uint32]float64{}
	for id, sim := range v.similar(s.query.tokens[w.at], prefix) {
		similarities[id] = max(sim, similarities[id])
	}
	s.similarities[w.at] = similarities
	for id, sim := range similarities {
		w.matches = append(w.matches, wordMatch{id, max(w.weight, float32(v.tokens[id].weight)) * float32(sim)})
		w.count += len(v.entries[id])
	}
	slices.SortFunc(w.matches, func(a, b wordMatch) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id))
	})
}

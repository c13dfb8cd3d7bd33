package names

import (
	"cmp"
	"slices"
	"sync"
)

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
